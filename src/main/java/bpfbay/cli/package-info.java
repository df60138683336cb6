/**
 * The command line: arguments as bytes, the table of commands, what each prints and how it ends. Only
 * {@link bpfbay.cli.Main} touches the standard streams and ends the process. Sees every room and is seen
 * by none. Everything here runs on the main thread.
 */
@NullMarked
package bpfbay.cli;

import org.jspecify.annotations.NullMarked;
