// Credentials, by the name of the column; must not know any table.
import { recognizeByName } from './recognizer.ts';

const NOT_THE_SECRET: readonly string[] = [
  ...[
    'at',
    'on',
    'date',
    'changed',
    'updated',
    'expires',
    'expiry',
    'expired',
    'reset',
    'resets',
    'count',
    'attempts',
  ],
  ...[
    'length',
    'policy',
    'strength',
    'age',
    'has',
    'is',
    'type',
    'hint',
    'manager',
    'status',
    'last',
    'id',
    'name',
  ],
];

export const password = recognizeByName(
  'PASSWORD',
  'secret',
  [
    ...[
      'password',
      'passwd',
      'passwort',
      'kennwort',
      'passphrase',
      'passcode',
      'pwd',
      'pswd',
      'userpassword',
      'passwordhash',
    ],
    ...[
      'contrasena',
      'clave',
      'motdepasse',
      'mdp',
      'senha',
      'palavrapasse',
      'parolachiave',
      'haslo',
      'пароль',
    ],
  ],
  { against: NOT_THE_SECRET, families: ['text', 'integer'] },
);

export const apiKey = recognizeByName(
  'API_KEY',
  'secret',
  [
    ...[
      'apikey',
      'apisecret',
      'secretkey',
      'secret',
      'clientsecret',
      'accesskey',
      'accesstoken',
      'refreshtoken',
      'authtoken',
    ],
    ...[
      'bearertoken',
      'sessiontoken',
      'privatekey',
      'sshkey',
      'signingkey',
      'encryptionkey',
      'recoverycode',
      'totpsecret',
    ],
    ...['credential', 'credentials', 'geheimnis', 'schluessel', 'ключдоступу'],
  ],
  { against: NOT_THE_SECRET, families: ['text'] },
);

export const cardSecurityCode = recognizeByName(
  'CARD_SECURITY_CODE',
  'secret',
  ['cvv', 'cvc', 'cvv2', 'cvc2', 'cardsecuritycode', 'cardpin', 'pinnumber'],
  {
    against: ['has', 'is', 'status', 'result', 'match', 'check', 'count', 'attempts'],
    families: ['text', 'integer'],
  },
);
