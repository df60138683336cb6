package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.Link;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A pin keeps a link no longer than its mount is there. */
final class PinLifetime implements Rule {
    private static final String ELSEWHERE = "/proc/";

    /** What the pins of one mount have in common. */
    private record Mount(String device, String why) {}

    @Override
    public Code code() {
        return Code.PIN_LIFETIME;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Diagnosis judge(Survey survey) {
        Set<String> lasting = survey.pinned().lasting();
        if (lasting.containsAll(survey.pinned().mounts())) {
            return Diagnosis.NOTHING;
        }
        Map<Integer, Attachment> byLink = new HashMap<>();
        survey.attachments().forEach(attachment -> attachment.linkId().ifPresent(id -> byLink.put(id, attachment)));
        Map<Mount, List<Link>> found = new LinkedHashMap<>();
        for (Link link : survey.now().links()) {
            Attachment attachment = byLink.get(link.id());
            List<Pin> pins = survey.pins(link.object());
            if (attachment != null && !pins.isEmpty() && !survey.isYoung(attachment)) {
                mount(pins, lasting).ifPresent(mount -> found.computeIfAbsent(mount, m -> new ArrayList<>())
                        .add(link));
            }
        }
        List<Finding> findings = new ArrayList<>();
        found.forEach((mount, links) -> findings.add(finding(mount, links, byLink, survey)));
        return new Diagnosis(findings, List.of());
    }

    private static Optional<Mount> mount(List<Pin> pins, Set<String> lasting) {
        if (pins.stream().anyMatch(pin -> lasting.contains(pin.mount()))) {
            return Optional.empty();
        }
        Pin first = pins.get(0);
        return Optional.of(new Mount(
                first.mount(),
                pins.stream().allMatch(pin -> pin.path().startsWith(ELSEWHERE))
                        ? "a bpffs that only another mount namespace has"
                        : "a second bpffs, not the one at /sys/fs/bpf"));
    }

    private static Finding finding(Mount mount, List<Link> links, Map<Integer, Attachment> byLink, Survey survey) {
        List<Attachment> there = links.stream()
                .flatMap(link -> Optional.ofNullable(byLink.get(link.id())).stream())
                .toList();
        List<String> evidence = new ArrayList<>();
        Set<Identity> rows = new HashSet<>();
        for (Link link : links) {
            List<Pin> pins = survey.pins(link.object());
            List<String> holders =
                    survey.holders(link.object()).stream().map(Owner::label).toList();
            evidence.add(link.object() + ": pinned " + Phrases.pins(pins) + " (mount " + mount.device() + ")"
                    + (holders.isEmpty() ? ", held by no process" : ", held by " + Phrases.list(holders)));
            rows.add(Identity.of(link.object()));
            pins.forEach(pin -> rows.add(Identity.of(pin)));
        }
        there.forEach(attachment -> rows.add(Identity.of(attachment)));
        Pin first = survey.pins(links.get(0).object()).get(0);
        return new Finding(
                Code.PIN_LIFETIME,
                Severity.INFO,
                there.stream().map(Attachment::ref).toList(),
                rows,
                links.stream().map(Link::progId).distinct().toList(),
                (links.size() == 1 ? "the only pin of " : "the only pins of ") + Phrases.refs(there) + " "
                        + (links.size() == 1 ? "is" : "are") + " in " + mount.why() + ": "
                        + first.path() + (links.size() == 1 ? "" : " and " + (links.size() - 1) + " more"),
                evidence,
                Phrases.show(first));
    }
}
