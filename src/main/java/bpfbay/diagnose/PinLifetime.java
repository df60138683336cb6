package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.Link;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pin keeps a link no longer than its mount is there. */
final class PinLifetime implements Sorting<Link, PinLifetime.Mount, PinLifetime.Kept> {
    private static final String ELSEWHERE = "/proc/";

    /** What the pins of one mount have in common. */
    record Mount(String device, String why) {}

    /**
     * A link that hangs on such a mount.
     *
     * @param ref of its attachment
     * @param rows of its attachment, of itself and of its pins
     */
    record Kept(Link link, String ref, List<Identity> rows, Pin pin, String evidence) {}

    @Override
    public Code code() {
        return Code.PIN_LIFETIME;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Things<Link> things() {
        return Things.LINKS;
    }

    @Override
    public boolean isShaken(Survey before, Survey after) {
        return !before.pinned().lasting().equals(after.pinned().lasting())
                || before.pinned().isEveryMountLasting() != after.pinned().isEveryMountLasting();
    }

    @Override
    public List<Case<Mount, Kept>> look(Link link, Survey survey) {
        if (survey.pinned().isEveryMountLasting()) {
            return List.of();
        }
        List<Pin> pins = survey.pins(link.object());
        Optional<Attachment> attachment = pins.isEmpty() ? Optional.empty() : survey.attachment(link);
        if (attachment.isEmpty() || isAnyLasting(pins, survey) || survey.isYoung(attachment.get())) {
            return List.of();
        }
        return List.of(
                new Case<>(new Mount(pins.get(0).mount(), why(pins)), kept(link, attachment.get(), pins, survey)));
    }

    private static Kept kept(Link link, Attachment attachment, List<Pin> pins, Survey survey) {
        List<Identity> rows = new ArrayList<>(pins.size() + 2);
        rows.add(Identity.of(attachment));
        rows.add(Identity.of(link.object()));
        for (Pin pin : pins) {
            rows.add(Identity.of(pin));
        }
        List<String> holders = new ArrayList<>(1);
        for (Owner owner : survey.holders(link.object())) {
            holders.add(owner.label());
        }
        String evidence = link.object() + ": pinned " + Phrases.pins(pins) + " (mount "
                + pins.get(0).mount() + ")"
                + (holders.isEmpty() ? ", held by no process" : ", held by " + Phrases.list(holders));
        return new Kept(link, attachment.ref(), rows, pins.get(0), evidence);
    }

    private static boolean isAnyLasting(List<Pin> pins, Survey survey) {
        for (Pin pin : pins) {
            if (survey.pinned().lasting().contains(pin.mount())) {
                return true;
            }
        }
        return false;
    }

    private static String why(List<Pin> pins) {
        for (Pin pin : pins) {
            if (!pin.path().startsWith(ELSEWHERE)) {
                return "a second bpffs, not the one at /sys/fs/bpf";
            }
        }
        return "a bpffs that only another mount namespace has";
    }

    @Override
    public Diagnosis tell(Mount mount, List<Kept> all, Survey survey) {
        List<String> refs = new ArrayList<>(all.size());
        List<String> evidence = new ArrayList<>(all.size());
        Set<Identity> rows = new HashSet<>();
        for (Kept kept : all) {
            refs.add(kept.ref());
            evidence.add(kept.evidence());
            rows.addAll(kept.rows());
        }
        Pin first = all.get(0).pin();
        return Diagnosis.of(new Finding(
                Code.PIN_LIFETIME,
                Severity.INFO,
                refs,
                rows,
                all.stream().map(kept -> kept.link().progId()).distinct().toList(),
                (all.size() == 1 ? "the only pin of " : "the only pins of ") + Phrases.list(refs) + " "
                        + (all.size() == 1 ? "is" : "are") + " in " + mount.why() + ": "
                        + first.path() + (all.size() == 1 ? "" : " and " + (all.size() - 1) + " more"),
                evidence,
                Phrases.show(first)));
    }
}
