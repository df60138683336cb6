package bpfbay.tui.table;

import bpfbay.history.Sight;
import bpfbay.history.Thing;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Link;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which rows stay: those that say every word of the text somewhere, whether it is shown or not; a word
 * with {@code !} before it must not be there. Letters' case does not matter.
 */
public record Filter(String text) {
    public static final Filter NONE = new Filter("");

    public boolean isActive() {
        return !text.isBlank();
    }

    /** A test that has taken the text apart once for many rows. */
    public Matcher matcher() {
        return new Matcher(Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty() && !word.equals("!"))
                .toList());
    }

    /** The words of a filter. */
    public record Matcher(List<String> words) {
        boolean matches(Look look) {
            if (words.isEmpty()) {
                return true;
            }
            return matches(said(look));
        }

        /** Whether one of the texts holds each of the words. */
        public boolean matches(List<String> said) {
            for (String word : words) {
                boolean isUnwanted = word.startsWith("!");
                if (holds(said, isUnwanted ? word.substring(1) : word) == isUnwanted) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean holds(List<String> said, String word) {
        for (String text : said) {
            for (int i = 0; i <= text.length() - word.length(); i++) {
                if (text.regionMatches(true, i, word, 0, word.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> said(Look look) {
        List<String> said = new ArrayList<>(16);
        Sight sight = look.sight();
        said.add(look.row().where());
        thing(look.row().thing(), look.snapshot(), said);
        sight.program().ifPresent(program -> program(program, said));
        for (Owner owner : sight.owners()) {
            said.add(owner.label());
            owner.holder().unit().ifPresent(said::add);
            owner.holder().container().ifPresent(said::add);
        }
        for (Pin pin : sight.pins()) {
            said.add(pin.path());
        }
        return said;
    }

    private static void program(Program program, List<String> said) {
        said.add(program.name());
        said.add("#" + Units.unsigned(program.id()));
        said.add(program.tag());
        said.add(program.type().label());
    }

    private static void thing(Thing thing, Snapshot snapshot, List<String> said) {
        if (thing instanceof Thing.Attached attached) {
            Attachment attachment = attached.attachment();
            said.add(attachment.ref());
            said.add(HookText.of(attachment));
            said.add(attachment.via().label());
        } else if (thing instanceof Thing.Linked linked) {
            Link link = linked.link();
            said.add(link.object().toString());
            said.add(link.type().label());
            said.add(link.isDetached() ? "detached" : TargetText.of(snapshot, link.target()));
        } else if (thing instanceof Thing.Mapped mapped) {
            BpfMap map = mapped.map();
            said.add("#" + Units.unsigned(map.id()));
            said.add(map.name());
            said.add(map.type().label());
        } else if (thing instanceof Thing.Pinned pinned) {
            said.add(pinned.pin().object().toString());
            said.add(Cells.objectName(snapshot, pinned.pin().object()));
        }
    }
}
