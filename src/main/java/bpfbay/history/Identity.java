package bpfbay.history;

import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;

/** What makes a thing the same thing in a later snapshot. Never a row number, never a name. */
public sealed interface Identity {
    /** The hook and what names the attachment within it. */
    record OfAttachment(Attachment.Key key) implements Identity {
        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof OfAttachment that && that.key.equals(key));
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    /** A program, link or map; ids come round again, which the load time of a program tells. */
    record OfObject(ObjectId object) implements Identity {}

    /** A path means nothing without its mount. */
    record OfPin(String mount, String path) implements Identity {}

    static Identity of(Attachment attachment) {
        return new OfAttachment(attachment.key());
    }

    static Identity of(ObjectId object) {
        return new OfObject(object);
    }

    static Identity of(Pin pin) {
        return new OfPin(pin.mount(), pin.path());
    }
}
