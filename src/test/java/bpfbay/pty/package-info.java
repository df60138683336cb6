/**
 * Programs on a terminal of their own, for tests of what only a real terminal shows: a pseudo terminal
 * whose other end is a VT100 emulator, keys, sizes, signals, a line that stalls and one that hangs up.
 * {@link bpfbay.pty.PtyProgram} is the way in; whoever waits names what for, nothing sleeps.
 */
@NullMarked
package bpfbay.pty;

import org.jspecify.annotations.NullMarked;
