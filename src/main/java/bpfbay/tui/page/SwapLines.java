package bpfbay.tui.page;

import bpfbay.export.Columns;
import bpfbay.export.Countdown;
import bpfbay.export.Escaper;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.swap.ProgramMark;
import bpfbay.swap.SwapRecord;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.table.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Swaps and their programs in one line each. */
public final class SwapLines {
    private SwapLines() {}

    /** How long a pending swap has, never less than nothing. */
    public static Optional<Duration> left(SwapRecord record, Instant now) {
        return record.standing() == SwapRecord.Standing.PENDING
                ? record.confirmBy().map(by -> left(by, now))
                : Optional.empty();
    }

    static Duration left(Instant by, Instant now) {
        Duration left = Duration.between(now, by);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** One of a list of swaps: when, how it stands, where, what, who. */
    public static Line brief(SwapRecord record, Instant now) {
        String standing = left(record, now)
                .map(left -> "reverts " + Countdown.of(left))
                .orElse(record.standing().label());
        return new Line(List.of(
                new Line.Span("   " + Columns.pad(Units.moment(record.begun(), now), 10) + "  ", Ink.TEXT),
                new Line.Span(Columns.pad(standing, 13) + "  ", ink(record.standing())),
                new Line.Span(Columns.pad(Escaper.escape(places(record)), 20) + "  ", Ink.ACCENT),
                new Line.Span(change(record), Ink.TEXT),
                new Line.Span("  " + record.by().user(), Ink.DIM)));
    }

    /** What a filter finds it by. */
    public static List<String> said(SwapRecord record) {
        List<String> said = new ArrayList<>(List.of(
                record.id(),
                record.standing().label(),
                record.by().user(),
                record.by().comm(),
                record.detail()));
        for (SwapRecord.Member member : record.members()) {
            said.add(member.ref());
            member.from().ifPresent(from -> said.add(from.label() + " " + from.tag()));
            member.to().ifPresent(to -> said.add(to.label() + " " + to.tag()));
        }
        return said;
    }

    static Ink ink(SwapRecord.Standing standing) {
        return switch (standing) {
            case PENDING, UNFINISHED, STALE -> Ink.WARN;
            case FAILED -> Ink.BAD;
            case UNDER_WAY, SWAPPED, CONFIRMED, REVERTED -> Ink.TEXT;
            case ABANDONED -> Ink.DIM;
        };
    }

    /** {@code eth0/xdp}, {@code 3 places}. */
    public static String places(SwapRecord record) {
        return record.members().size() == 1
                ? record.members().get(0).ref()
                : record.members().size() + " places";
    }

    /** The first member's programs stand for all. */
    private static String change(SwapRecord record) {
        return record.members().stream()
                .findFirst()
                .map(member -> change(member.from(), member.to()))
                .orElse("");
    }

    static String change(Optional<ProgramMark> from, Optional<ProgramMark> to) {
        boolean isNamesake = from.map(ProgramMark::name).equals(to.map(ProgramMark::name)) && to.isPresent();
        String second = isNamesake
                ? "#" + Units.unsigned(to.get().progId())
                : to.map(ProgramMark::label).orElse("a candidate that was not loaded");
        return from.map(ProgramMark::label).orElse("?") + " → " + second;
    }

    /** {@code xdp_fw #3815  9af1c02e  loaded 09:12:40Z}. */
    static String program(Program program, Instant now) {
        return ProgramMark.of(program).label() + "  " + program.shortTag() + "  loaded "
                + Units.moment(program.loadedAt(), now);
    }

    static Optional<String> pin(Program program, Snapshot snapshot) {
        return Pin.ofOthers(snapshot.pins(program.object())).stream()
                .findFirst()
                .map(pin -> "pin " + pin.path());
    }
}
