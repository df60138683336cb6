/**
 * What kernel tests stand on: a namespace of their own ({@link bpfbay.testing.InNetns}), tools of the
 * distribution as witnesses, and bpf(2) in the raw to make what is then looked at. And hosts made up by hand ({@link bpfbay.testing.Snapshots}).
 */
@NullMarked
package bpfbay.testing;

import org.jspecify.annotations.NullMarked;
