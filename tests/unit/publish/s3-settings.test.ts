import { describe, expect, it } from 'vitest';
import type { S3Form } from '../../../src/lib/publish/s3-settings.ts';
import { readS3Settings } from '../../../src/lib/publish/s3-settings.ts';

const FORM: S3Form = {
  id: '1',
  name: ' team-bucket ',
  endpoint: 's3.eu-central-1.amazonaws.com/',
  region: 'eu-central-1',
  bucket: 'team-bucket',
  prefix: '/modules//2025/',
  forcePathStyle: false,
  accessKeyId: ' AKIAEXAMPLE ',
};

function problemFields(change: Partial<S3Form>): readonly string[] {
  const read = readS3Settings({ ...FORM, ...change });
  return read.ok ? [] : Object.keys(read.error);
}

describe('readS3Settings', () => {
  it('cleans what was typed', () => {
    const read = readS3Settings(FORM);
    expect(read).toEqual({
      ok: true,
      value: {
        ...FORM,
        name: 'team-bucket',
        endpoint: 'https://s3.eu-central-1.amazonaws.com',
        prefix: 'modules/2025',
        accessKeyId: 'AKIAEXAMPLE',
      },
    });
  });

  it('refuses the names that mean other destinations in a notebook', () => {
    for (const name of ['library', 'zip', ' Folder ']) expect(problemFields({ name })).toEqual(['name']);
    expect(problemFields({ name: 'zip-archive' })).toEqual([]);
  });

  it('takes http on the loopback interface alone', () => {
    expect(problemFields({ endpoint: 'http://localhost:9000' })).toEqual([]);
    for (const endpoint of [
      'http://s3.example.com',
      'ftp://a',
      '',
      'https://a/b',
      'https://u:p@a',
      'https://a?b',
    ])
      expect(problemFields({ endpoint })).toEqual(['endpoint']);
  });

  it('knows the rules for names of buckets', () => {
    for (const bucket of ['abc', 'a-b-c', '0-9'.repeat(21)]) expect(problemFields({ bucket })).toEqual([]);
    for (const bucket of ['ab', 'Abc', 'a_b', '-abc', 'abc-', 'a..b', 'a.-b', '10.0.0.1', 'a'.repeat(64), ''])
      expect(problemFields({ bucket, forcePathStyle: true })).toEqual(['bucket']);
    expect(problemFields({ bucket: 'a.b.c' })).toEqual(['forcePathStyle']);
    expect(problemFields({ bucket: 'a.b.c', forcePathStyle: true })).toEqual([]);
  });

  it('puts no bucket before a number', () => {
    for (const endpoint of [
      'http://127.0.0.1:9000',
      'https://10.1.2.3',
      'https://[::1]:9000',
      'https://2130706433',
    ]) {
      expect(problemFields({ endpoint })).toEqual(['forcePathStyle']);
      expect(problemFields({ endpoint, forcePathStyle: true })).toEqual([]);
    }
  });

  it('tells a problem for each field', () => {
    expect(
      problemFields({ name: ' ', endpoint: 'x y', region: '', bucket: '', prefix: '../up', accessKeyId: '' }),
    ).toEqual(['name', 'endpoint', 'region', 'bucket', 'prefix', 'accessKeyId']);
  });
});
