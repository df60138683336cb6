package bpfbay.tui.view;

import bpfbay.history.Aspect;
import bpfbay.history.Recent;
import bpfbay.history.Sight;
import bpfbay.history.Thing;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Place;
import bpfbay.model.Program;
import bpfbay.model.RunRate;
import bpfbay.model.Utc;
import bpfbay.model.Via;
import bpfbay.tui.cell.Canvas;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.state.Frame;
import bpfbay.tui.state.Page;
import bpfbay.tui.state.State;
import bpfbay.tui.table.Cells;
import bpfbay.tui.table.Look;
import bpfbay.tui.table.Row;
import bpfbay.tui.table.TargetText;
import bpfbay.tui.table.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The line above the footer: what the table has no room for, of the row under the cursor. */
final class FactsView {
    private FactsView() {}

    static void draw(State state, Canvas canvas, Frame frame) {
        if (frame.rule() > 0) {
            canvas.fill(0, frame.ruleAt(), canvas.columns(), "─", Ink.DIM);
            rule(state, canvas, frame);
        }
        Optional<Row.Item> row = state.desk().table().item(state.desk().cursor().index());
        if (frame.facts() == 0 || row.isEmpty()) {
            return;
        }
        state.world().shown().snapshot().ifPresent(snapshot -> {
            Look look = Look.at(row.get(), snapshot, state.world().shown().recent());
            int x = canvas.put(1, frame.factsAt(), subject(look), Ink.ACCENT);
            for (String fact : look.row().isGone() ? gone(look) : facts(look)) {
                x = canvas.put(x + 2, frame.factsAt(), fact, Ink.TEXT);
            }
        });
    }

    /** Where in the list one is, when it is longer than the screen. */
    private static void rule(State state, Canvas canvas, Frame frame) {
        int all = state.desk().table().rows().size();
        int height = frame.bodyHeight(state.desk().page());
        if (all > height) {
            String position = " " + (state.desk().cursor().index() + 1) + "/" + all + " ";
            canvas.putRight(canvas.columns() - 2, frame.ruleAt(), position, Ink.DIM, position.length());
        }
        int picked = state.desk().picked().size();
        if (picked > 0) {
            canvas.put(2, frame.ruleAt(), " " + picked + " picked ", Ink.ACCENT);
        } else if (state.desk().page() instanceof Page.Path) {
            canvas.put(2, frame.ruleAt(), " Enter details  Esc back ", Ink.DIM);
        }
    }

    private static String subject(Look look) {
        return look.row()
                .thing()
                .match(
                        Attachment::ref,
                        program -> program.object().toString(),
                        link -> link.object().toString(),
                        map -> map.object().toString(),
                        pin -> pin.path());
    }

    private static List<String> gone(Look look) {
        List<String> facts = new ArrayList<>();
        look.row().stone().ifPresent(stone -> facts.add("gone since " + Utc.time(stone.goneAt())));
        look.program().ifPresent(program -> facts.add("was " + named(program)));
        look.sight().owners().stream().findFirst().ifPresent(owner -> facts.add("of " + owner.label()));
        Pin.ofOthers(look.sight().pins()).stream().findFirst().ifPresent(pin -> facts.add("pinned " + pin.path()));
        return facts;
    }

    private static List<String> facts(Look look) {
        List<String> facts = new ArrayList<>();
        before(look).ifPresent(facts::add);
        look.attachment().ifPresent(attachment -> hold(look, attachment, facts));
        if (look.row().thing() instanceof Thing.Mapped mapped) {
            facts.addAll(map(look, mapped.map()));
        } else if (look.row().thing() instanceof Thing.Pinned pinned) {
            facts.add(pinned.pin().object() + " inode "
                    + Long.toUnsignedString(pinned.pin().inode()));
        }
        if (look.row().thing() instanceof Thing.Linked linked) {
            facts.add(
                    linked.link().isDetached()
                            ? "attached to nothing"
                            : "on "
                                    + TargetText.of(
                                            look.snapshot(), linked.link().target()));
            TargetText.attachment(look.snapshot(), linked.link().id()).ifPresent(a -> facts.add(a.ref()));
        }
        if (look.program().isPresent()) {
            runs(look, facts);
            Program program = look.program().get();
            facts.add(
                    "loaded " + Units.moment(program.loadedAt(), look.snapshot().takenAt()) + " uid "
                            + Units.unsigned(program.uid()));
            facts.add("maps " + program.mapIds().size());
        }
        inferred(look).ifPresent(facts::add);
        return facts;
    }

    private static List<String> map(Look look, BpfMap map) {
        long users = look.snapshot().programs().stream()
                .filter(program -> program.mapIds().contains(map.id()))
                .count();
        String name = map.name().isEmpty() ? "" : map.name() + "  ";
        return List.of(
                name + map.type().label(),
                "key " + Units.unsigned(map.keySize()) + " value " + Units.unsigned(map.valueSize()),
                "max " + Units.unsigned(map.maxEntries()),
                users == 0 ? "used by no program" : "used by " + users + (users == 1 ? " program" : " programs"));
    }

    private static Optional<String> before(Look look) {
        return look.isChanged(Aspect.PROGRAM)
                ? look.mark()
                        .flatMap(Recent.Mark::before)
                        .flatMap(Sight::program)
                        .map(program -> "was " + named(program) + " until "
                                + look.mark().map(m -> Utc.time(m.at())).orElse(""))
                : Optional.empty();
    }

    private static void hold(Look look, Attachment attachment, List<String> facts) {
        if (attachment.linkId().isPresent()) {
            facts.add("link " + Units.unsigned(attachment.linkId().getAsInt()));
            boolean isPinned = look.sight().link().isPresent()
                    && !look.snapshot().pins(look.sight().link().get().object()).isEmpty();
            if (!look.snapshot().index().isGlance()) {
                facts.add(isPinned ? "pinned" : diesWith(look));
            }
        } else if (attachment.via() != Via.LINK) {
            facts.add("by " + attachment.via().label());
        }
        if (attachment.place() instanceof Place.Xdp xdp) {
            facts.add(xdp.mode().label());
        }
    }

    /** A link without a pin lives as long as a process holds it. */
    private static String diesWith(Look look) {
        List<Owner> holders =
                look.sight().link().map(link -> look.snapshot().owners(link.object())).orElse(List.of()).stream()
                        .filter(owner -> !owner.isInferred())
                        .toList();
        if (holders.isEmpty()) {
            return "not pinned";
        }
        return "dies with " + holders.get(0).label() + (holders.size() > 1 ? " +" + (holders.size() - 1) : "");
    }

    private static void runs(Look look, List<String> facts) {
        Optional<RunRate> rate = look.rate();
        if (rate.isPresent()) {
            facts.add("runs " + Units.rate(rate.get().runsPerSecond()));
            if (rate.get().nsPerRun().isPresent()) {
                facts.add(Units.nanos(rate.get().nsPerRun().getAsDouble()));
            }
        } else {
            facts.add("runs: " + (Cells.noRate(look.snapshot()).equals("off") ? "not counted" : "counted soon"));
        }
        if (look.sight().sharedBy() > 1) {
            facts.add("shared by " + look.sight().sharedBy());
        }
    }

    private static Optional<String> inferred(Look look) {
        List<Owner> owners = look.sight().owners();
        return owners.isEmpty()
                ? Optional.empty()
                : owners.get(0).inferredBecause().map(why -> "owner~: " + why);
    }

    private static String named(Program program) {
        return program.name() + " #" + Units.unsigned(program.id());
    }
}
