package bpfbay.export;

import bpfbay.model.AttachType;
import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.model.Utc;
import java.util.ArrayList;
import java.util.List;

/** What a program is, where it runs and what it uses. */
final class ProgramFacts {
    private final Program program;
    private final Snapshot snapshot;
    private final List<Fact> facts = new ArrayList<>();

    ProgramFacts(Program program, Snapshot snapshot) {
        this.program = program;
        this.snapshot = snapshot;
    }

    List<Fact> list() {
        add("program", Words.u32(program.id()));
        add("type", program.type().label());
        facts.add(program.name().isEmpty() ? Fact.none("name", "none given") : Fact.of("name", program.name()));
        add("tag", program.tag());
        facts.add(Fact.of("fingerprint", program.fingerprint()));
        add("loaded", Utc.second(program.loadedAt()) + " by uid " + Words.u32(program.uid()));
        add("license", program.license() == Program.License.GPL_COMPATIBLE ? "GPL compatible" : "other");
        facts.add(Fact.of("expects", Words.map(program.expectedAttachType(), this::expected)));
        sizes();
        facts.add(
                program.btfId().isPresent()
                        ? Fact.of("btf", Words.u32(program.btfId().getAsInt()))
                        : Fact.none("btf", "loaded without BTF"));
        attachments();
        CommonFacts.runs(facts, program.id(), snapshot);
        maps();
        CommonFacts.own(facts, program.object(), snapshot);
        CommonFacts.owners(facts, snapshot.owners(program.object()), snapshot);
        CommonFacts.pins(facts, snapshot.pins(program.object()));
        return facts;
    }

    /** 0 is both a cgroup's attach type and what most loaders leave where the type needs none. */
    private String expected(AttachType type) {
        boolean isNone = type.value() == 0 && !program.type().equals(ProgType.CGROUP_SKB);
        return isNone ? "no attach type" : "attach type " + type.label();
    }

    private void sizes() {
        add("xlated", bytes(program.bytesXlated()));
        facts.add(
                program.bytesJited() == 0
                        ? Fact.none("jited", "interpreted, or hidden from these privileges")
                        : Fact.of("jited", bytes(program.bytesJited())));
        facts.add(
                program.bytesMemlock().isPresent()
                        ? Fact.of("memory", Words.u64(program.bytesMemlock().getAsLong()) + " bytes")
                        : Fact.none("memory", "not told"));
        facts.add(
                program.verifiedInsns() == 0
                        ? Fact.none("verified", "needs Linux 5.16")
                        : Fact.of("verified", Words.u32(program.verifiedInsns()) + " instructions"));
    }

    private void attachments() {
        List<Attachment> attached = snapshot.index().attachments().getOrDefault(program.id(), List.of());
        attached.forEach(a -> add("attached as", a.ref()));
        if (attached.isEmpty()) {
            facts.add(Fact.none("attached as", "attached nowhere that can be seen"));
        }
    }

    private void maps() {
        program.mapIds()
                .forEach(id ->
                        facts.add(Fact.of("map", CommonFacts.name(ObjectId.map(id), snapshot), ObjectId.map(id))));
        if (program.mapIds().isEmpty()) {
            facts.add(Fact.none("map", "uses none"));
        }
    }

    private static String bytes(int count) {
        return Words.u32(count) + " bytes";
    }

    private void add(String label, String text) {
        facts.add(Fact.of(label, text));
    }
}
