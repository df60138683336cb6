package bpfbay.export;

import static java.util.Objects.requireNonNull;

import bpfbay.model.ObjectId;
import bpfbay.model.Reading;
import java.util.Optional;

/**
 * One line of a row's details. Several facts in a row may have the same label: one pin each, one owner
 * each.
 *
 * @param text exact, so to be escaped where it is drawn; or the reason why it is not known
 * @param leadsTo the object that the fact names, where it names one
 */
public record Fact(String label, Reading<String> text, Optional<ObjectId> leadsTo) {
    public Fact {
        requireNonNull(label, "label");
        requireNonNull(text, "text");
        requireNonNull(leadsTo, "leadsTo");
    }

    static Fact of(String label, String text) {
        return new Fact(label, Reading.of(text), Optional.empty());
    }

    static Fact of(String label, Reading<String> text) {
        return new Fact(label, text, Optional.empty());
    }

    static Fact of(String label, String text, ObjectId leadsTo) {
        return new Fact(label, Reading.of(text), Optional.of(leadsTo));
    }

    /** Nothing of the kind is there, which is known: {@code why} says what that means. */
    static Fact none(String label, String why) {
        return new Fact(label, new Reading.NotAsked<>(why), Optional.empty());
    }
}
