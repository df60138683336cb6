/* SPDX-License-Identifier: Apache-2.0 */
#include "shim.h"
#include "shim_java.h"

/* The sizes that Java has written down as well; a test compares them. */

JAVA_SIZEOF(ObjectShim, shim_1sizeof_1record, struct shim_record)
JAVA_SIZEOF(ObjectShim, shim_1sizeof_1prog_1row, struct shim_prog_row)
JAVA_SIZEOF(ObjectShim, shim_1sizeof_1link_1row, struct shim_link_row)
JAVA_SIZEOF(ObjectShim, shim_1sizeof_1map_1row, struct shim_map_row)
JAVA_SIZEOF(ObjectShim, shim_1sizeof_1holding_1row, struct shim_holding_row)
JAVA_SIZEOF(ObjectShim, shim_1sizeof_1object, struct shim_object)
JAVA_SIZEOF(ObjectShim, shim_1sizeof_1count_1row, struct shim_count_row)
JAVA_SIZEOF(NamespaceShim, shim_1sizeof_1ns_1row, struct shim_ns_row)
JAVA_SIZEOF(NamespaceShim, shim_1sizeof_1hidden_1row, struct shim_hidden_row)
JAVA_SIZEOF(NamespaceShim, shim_1sizeof_1ns_1name, struct shim_ns_name)
JAVA_SIZEOF(BpffsShim, shim_1sizeof_1dir, struct shim_dir)
JAVA_SIZEOF(BpffsShim, shim_1sizeof_1dir_1entry, struct shim_dir_entry)
JAVA_SIZEOF(BpffsShim, shim_1sizeof_1pin, struct shim_pin)
JAVA_SIZEOF(SocketShim, shim_1sizeof_1socket_1row, struct shim_socket_row)
