package bpfbay.diagnose;

import bpfbay.history.Delta;
import bpfbay.history.Edits;
import bpfbay.history.Ids;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Link;
import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;

/*
 * A program, its links and its attachments are one neighbourhood: whatever comes to one of them or goes, be
 * it a holder, a pin, a map or the end of its youth, stirs them all. What is in none that was stirred is as
 * it was, for every rule that looks at things one by one.
 */
/** What is another in one survey than in the one before. One thread. */
final class Stirred {
    private final Survey before;
    private final Survey after;
    private final Delta delta;
    private final boolean isEverything;
    private final Ids programs = new Ids();
    private final Ids links = new Ids();
    private Optional<Course<Attachment>> attachments = Optional.empty();
    private Optional<Course<List<Attachment>>> ways = Optional.empty();
    private Optional<Course<List<Program>>> namesakes = Optional.empty();
    private Optional<Course<Link>> linked = Optional.empty();

    private Stirred(Survey before, Survey after, Delta delta) {
        this.before = before;
        this.after = after;
        this.delta = delta;
        this.isEverything = isEverything(before, after, delta);
        if (!isEverything) {
            delta.owners().keySet().forEach(this::stir);
            each(before.now().pins(), delta.pins(), pin -> stir(pin.object()));
            each(before.now().links(), delta.links(), this::stir);
            each(before.now().attachments(), delta.attachments(), this::stir);
            each(before.now().programs(), delta.programs(), program -> programs.add(program.id()));
            stirUsers(delta.maps());
            stirGrown();
        }
    }

    /** @param delta between the pictures of the two */
    static Stirred between(Survey before, Survey after, Delta delta) {
        return new Stirred(before, after, delta);
    }

    Survey before() {
        return before;
    }

    Survey after() {
        return after;
    }

    /** Whether nothing can be taken over. */
    boolean isEverything() {
        return isEverything;
    }

    Course<Attachment> attachments() {
        if (attachments.isEmpty()) {
            attachments = Optional.of(course(before.attachments(), after.attachments(), this::isOne));
        }
        return attachments.get();
    }

    Course<List<Attachment>> ways() {
        if (ways.isEmpty()) {
            ways = Optional.of(course(before.ways(), after.ways(), this::isAnyAttachment));
        }
        return ways.get();
    }

    Course<List<Program>> namesakes() {
        if (namesakes.isEmpty()) {
            namesakes = Optional.of(course(before.namesakes(), after.namesakes(), this::isAnyProgram));
        }
        return namesakes.get();
    }

    Course<Link> links() {
        if (linked.isEmpty()) {
            List<Link> now = after.now().links();
            linked = Optional.of(Course.of(before.now().links(), delta.links(), places(now, this::isOne)));
        }
        return linked.get();
    }

    private <T> Course<T> course(List<T> was, List<T> is, Predicate<T> isOne) {
        return Course.of(was, Edits.between(was, is), places(is, isOne));
    }

    private <T> List<Integer> places(List<T> things, Predicate<T> isOne) {
        if (programs.isEmpty() && links.isEmpty()) {
            return List.of();
        }
        List<Integer> places = new ArrayList<>();
        int place = 0;
        for (T thing : things) {
            if (isOne.test(thing)) {
                places.add(place);
            }
            place++;
        }
        return places;
    }

    private boolean isOne(Attachment attachment) {
        return programs.contains(attachment.progId()) || links.contains(attachment.linkId());
    }

    private boolean isOne(Link link) {
        return links.contains(link.id()) || programs.contains(link.progId());
    }

    private boolean isAnyAttachment(List<Attachment> way) {
        for (Attachment attachment : way) {
            if (isOne(attachment)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAnyProgram(List<Program> namesakes) {
        for (Program program : namesakes) {
            if (programs.contains(program.id())) {
                return true;
            }
        }
        return false;
    }

    /** What is of no single thing. */
    private static boolean isEverything(Survey before, Survey after, Delta delta) {
        return delta.own().isPresent()
                || delta.slots().isPresent()
                || delta.ownership().isPresent()
                || !before.scene().isContinuedBy(after.scene())
                || !before.observers().areAs(after.observers());
    }

    private static <T> void each(List<T> old, Edits<T> edits, Consumer<T> stir) {
        edits.dropped(old).forEach(stir);
        edits.put().forEach(stir);
    }

    private void stir(ObjectId object) {
        switch (object.kind()) {
            case PROG -> programs.add(object.id());
            case LINK -> stirLink(object.id());
            case MAP -> {
                /* nobody looks at who holds a map, or at its pins */
            }
        }
    }

    private void stir(Link link) {
        links.add(link.id());
        programs.add(link.progId());
    }

    private void stir(Attachment attachment) {
        OptionalInt program = attachment.progId();
        OptionalInt link = attachment.linkId();
        if (program.isPresent()) {
            programs.add(program.getAsInt());
        }
        if (link.isPresent()) {
            stirLink(link.getAsInt());
        }
    }

    private void stirLink(int id) {
        links.add(id);
        stirProgramOf(before.now(), id);
        stirProgramOf(after.now(), id);
    }

    private void stirProgramOf(Snapshot snapshot, int link) {
        snapshot.link(link).ifPresent(there -> programs.add(there.progId()));
    }

    /** Programs mostly come and go with their maps. */
    private void stirUsers(Edits<BpfMap> edits) {
        Ids maps = new Ids();
        each(before.now().maps(), edits, map -> maps.add(map.id()));
        if (maps.isEmpty()) {
            return;
        }
        for (Program program : after.now().programs()) {
            List<Integer> used = program.mapIds();
            for (int i = 0; i < used.size(); i++) {
                if (maps.contains(used.get(i))) {
                    programs.add(program.id());
                }
            }
        }
    }

    private void stirGrown() {
        for (Program program : before.young().programs()) {
            if (!after.isYoung(program)) {
                programs.add(program.id());
            }
        }
        Young changed = before.young().unlike(after.young());
        if (changed.isOfAttachments()) {
            for (Attachment attachment : after.now().attachments()) {
                if (changed.isOne(attachment)) {
                    stir(attachment);
                }
            }
        }
    }
}
