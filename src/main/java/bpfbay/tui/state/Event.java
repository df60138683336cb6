package bpfbay.tui.state;

import bpfbay.diagnose.Account;
import bpfbay.model.MapContents;
import bpfbay.model.ObjectId;
import bpfbay.model.ProgramDump;
import bpfbay.model.Snapshot;
import java.time.Duration;
import java.time.Instant;

/** What may change the screen. */
public sealed interface Event {
    /** Time went on. */
    record Clock(Instant now) implements Event {}

    /** What stands on the screen until the first picture comes. */
    record Glimpsed(Snapshot snapshot) implements Event {}

    /** A new picture with its account, and the pace at which they come. */
    record Arrived(Account account, Duration pace) implements Event {}

    /** The picture of another moment, and which one it is. */
    record Stepped(Account account, Position position) implements Event {}

    /** No picture, and why. */
    record PollFailed(Instant at, String why) implements Event {}

    /** A program's text, as asked for. */
    record Dumped(ProgramDump dump) implements Event {}

    /** A look into a map, as asked for. */
    record Peeked(MapContents contents) implements Event {}

    /** What was asked of an object cannot be had. */
    record NotFetched(ObjectId object, String why) implements Event {}

    /** What the engine answers. */
    record Swap(SwapNews news) implements Event {}

    /** A key. */
    record Typed(Key key) implements Event {}

    /** Text that was pasted; never a key. */
    record Pasted(String text) implements Event {}

    /** The terminal has another size. */
    record Resized(int columns, int rows) implements Event {}

    /** Somebody sent SIGTSTP. */
    record StopWished() implements Event {}

    /** The process goes on after a stop. */
    record Continued() implements Event {}

    /** The terminal is gone. */
    record Ended() implements Event {}

    /** How an effect went. */
    record Told(String text, Notice.Tone tone) implements Event {}
}
