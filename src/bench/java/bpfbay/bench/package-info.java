/**
 * What bpfbay costs in process, beside {@code raw_pass.c}; {@code src/bench/run.sh} runs all of it and
 * prints one table. Needs root and a lab.
 */
@NullMarked
package bpfbay.bench;

import org.jspecify.annotations.NullMarked;
