/**
 * What was seen: immutable records of the kernel's objects and of their relations, and nothing that
 * fetches, draws or decides. Imports {@code java.*} only. Any thread.
 */
@NullMarked
package bpfbay.model;

import org.jspecify.annotations.NullMarked;
