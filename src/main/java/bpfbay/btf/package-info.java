/**
 * BPF's type information (BTF): types, names and prototypes read out of a blob, and values printed by
 * their type. The blob is somebody else's and believed nothing: what cannot be read is left out with a
 * reason, never thrown. Sees model, for {@link
 * bpfbay.model.RawText} alone. Pure; any thread.
 */
@NullMarked
package bpfbay.btf;

import org.jspecify.annotations.NullMarked;
