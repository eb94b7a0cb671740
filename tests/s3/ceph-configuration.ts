// The configuration of a Ceph cluster of one monitor, one in-memory OSD and one RADOS Gateway on the loopback interface.
// Options: https://docs.ceph.com/en/pacific/rados/configuration/ and https://docs.ceph.com/en/pacific/radosgw/config-ref/
import type { CephPrograms } from './ceph-programs.ts';

export interface CephLayout {
  readonly folder: string;
  readonly fsid: string;
  readonly monitorPort: number;
  readonly gatewayPort: number;
}

/**
 * The OSD does not place itself (`osd_…_update_on_start`): it may ask before the monitor told it the cluster's id, is
 * answered "wrong fsid", and ends. `rgw.ts` places it by command.
 */
export function writeCephConfiguration(layout: CephLayout, programs: CephPrograms): string {
  const { folder, fsid, monitorPort, gatewayPort } = layout;
  return `[global]
fsid = ${fsid}
mon_host = v1:127.0.0.1:${monitorPort}
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_msgr2 = false
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 4
osd_pool_default_pgp_num = 4
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 1000
paxos_propose_interval = 0.02
paxos_min_wait = 0.01
run_dir = ${folder}/run
admin_socket =
keyring = ${folder}/keyring
log_file = ${folder}/log/$name.log
mon_cluster_log_file = ${folder}/log/cluster.log
erasure_code_dir = ${programs.pluginFolder}/erasure-code
plugin_dir = ${programs.pluginFolder}

[mon]
mon_data = ${folder}/mon
mon_data_avail_crit = 1
mon_data_avail_warn = 1

[osd]
osd_data = ${folder}/osd
osd_objectstore = memstore
osd_fast_shutdown = true
memstore_device_bytes = 8589934592
osd_class_dir = ${programs.classFolder}
osd_class_load_list = *
osd_class_default_list = *
osd_class_update_on_start = false
osd_crush_update_on_start = false

[client.rgw]
rgw_data = ${folder}/gateway
rgw_frontends = beast endpoint=127.0.0.1:${gatewayPort}
rgw_thread_pool_size = 32
rgw_run_sync_thread = false
`;
}
