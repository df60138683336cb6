package bpfbay.history;

import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Link;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import java.util.Optional;
import java.util.function.Function;

/** One thing that a snapshot lists. */
public sealed interface Thing {
    Identity identity();

    /** The object it is, or the one that it stands for: the program of an attachment, the target of a pin. */
    Optional<ObjectId> object();

    <R> R match(
            Function<Attachment, R> attachment,
            Function<Program, R> program,
            Function<Link, R> link,
            Function<BpfMap, R> map,
            Function<Pin, R> pin);

    /** A program at a hook. */
    record Attached(Attachment attachment) implements Thing {
        @Override
        public Identity identity() {
            return Identity.of(attachment);
        }

        @Override
        public Optional<ObjectId> object() {
            return attachment.progId().isPresent()
                    ? Optional.of(ObjectId.prog(attachment.progId().getAsInt()))
                    : Optional.empty();
        }

        @Override
        public <R> R match(
                Function<Attachment, R> onAttachment,
                Function<Program, R> program,
                Function<Link, R> link,
                Function<BpfMap, R> map,
                Function<Pin, R> pin) {
            return onAttachment.apply(attachment);
        }
    }

    /** A loaded program. */
    record Loaded(Program program) implements Thing {
        @Override
        public Identity identity() {
            return Identity.of(program.object());
        }

        @Override
        public Optional<ObjectId> object() {
            return Optional.of(program.object());
        }

        @Override
        public <R> R match(
                Function<Attachment, R> attachment,
                Function<Program, R> onProgram,
                Function<Link, R> link,
                Function<BpfMap, R> map,
                Function<Pin, R> pin) {
            return onProgram.apply(program);
        }
    }

    /** A link. */
    record Linked(Link link) implements Thing {
        @Override
        public Identity identity() {
            return Identity.of(link.object());
        }

        @Override
        public Optional<ObjectId> object() {
            return Optional.of(link.object());
        }

        @Override
        public <R> R match(
                Function<Attachment, R> attachment,
                Function<Program, R> program,
                Function<Link, R> onLink,
                Function<BpfMap, R> map,
                Function<Pin, R> pin) {
            return onLink.apply(link);
        }
    }

    /** A map. */
    record Mapped(BpfMap map) implements Thing {
        @Override
        public Identity identity() {
            return Identity.of(map.object());
        }

        @Override
        public Optional<ObjectId> object() {
            return Optional.of(map.object());
        }

        @Override
        public <R> R match(
                Function<Attachment, R> attachment,
                Function<Program, R> program,
                Function<Link, R> link,
                Function<BpfMap, R> onMap,
                Function<Pin, R> pin) {
            return onMap.apply(map);
        }
    }

    /** A pin. */
    record Pinned(Pin pin) implements Thing {
        @Override
        public Identity identity() {
            return Identity.of(pin);
        }

        @Override
        public Optional<ObjectId> object() {
            return Optional.of(pin.object());
        }

        @Override
        public <R> R match(
                Function<Attachment, R> attachment,
                Function<Program, R> program,
                Function<Link, R> link,
                Function<BpfMap, R> map,
                Function<Pin, R> onPin) {
            return onPin.apply(pin);
        }
    }
}
