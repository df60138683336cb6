/** Tests of the terminal: the parser and the cells by bytes, the rest on a pseudo terminal. */
@NullMarked
package bpfbay.tui.terminal;

import org.jspecify.annotations.NullMarked;
