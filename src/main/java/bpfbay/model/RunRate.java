package bpfbay.model;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * How often a program ran in one window of counting, over all its attachments.
 *
 * @param nsPerRun absent when it did not run; includes about 33 ns of the measurement itself
 * @param at the end of the window
 */
public record RunRate(double runsPerSecond, OptionalDouble nsPerRun, Instant at) {}
