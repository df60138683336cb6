/**
 * What is wrong with a host, or worth knowing: small rules over a picture and its history, one class an
 * incident. Pure; any thread. Sees {@code model} and {@code history}.
 */
@NullMarked
package bpfbay.diagnose;

import org.jspecify.annotations.NullMarked;
