/**
 * What was seen, said to others and read back: JSON by the machine interface, captures, plain tables,
 * ordered facts of one object, the commands of other tools that show the same, and strings made safe to draw. Pure: nothing here asks
 * the kernel or opens a file. Sees {@code model}, {@code history}, {@code disasm}, {@code swap}. Any thread.
 */
@NullMarked
package bpfbay.export;

import org.jspecify.annotations.NullMarked;
