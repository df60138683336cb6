/* SPDX-License-Identifier: Apache-2.0 */
#include "shim.h"

/* The sizes that Java has written down as well; a test compares them. */

SHIM_EXPORT int shim_sizeof_record(void)
{
	return sizeof(struct shim_record);
}

SHIM_EXPORT int shim_sizeof_prog_row(void)
{
	return sizeof(struct shim_prog_row);
}

SHIM_EXPORT int shim_sizeof_link_row(void)
{
	return sizeof(struct shim_link_row);
}

SHIM_EXPORT int shim_sizeof_map_row(void)
{
	return sizeof(struct shim_map_row);
}

SHIM_EXPORT int shim_sizeof_holding_row(void)
{
	return sizeof(struct shim_holding_row);
}

SHIM_EXPORT int shim_sizeof_object(void)
{
	return sizeof(struct shim_object);
}

SHIM_EXPORT int shim_sizeof_count_row(void)
{
	return sizeof(struct shim_count_row);
}

SHIM_EXPORT int shim_sizeof_ns_row(void)
{
	return sizeof(struct shim_ns_row);
}

SHIM_EXPORT int shim_sizeof_hidden_row(void)
{
	return sizeof(struct shim_hidden_row);
}

SHIM_EXPORT int shim_sizeof_ns_name(void)
{
	return sizeof(struct shim_ns_name);
}

SHIM_EXPORT int shim_sizeof_dir(void)
{
	return sizeof(struct shim_dir);
}

SHIM_EXPORT int shim_sizeof_dir_entry(void)
{
	return sizeof(struct shim_dir_entry);
}

SHIM_EXPORT int shim_sizeof_pin(void)
{
	return sizeof(struct shim_pin);
}

SHIM_EXPORT int shim_sizeof_socket_row(void)
{
	return sizeof(struct shim_socket_row);
}
