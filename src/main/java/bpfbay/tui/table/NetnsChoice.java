package bpfbay.tui.table;

import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import java.util.OptionalLong;

/** Whose attachments are listed: those of one network namespace, or all. */
public record NetnsChoice(OptionalLong inode) {
    public static final NetnsChoice ALL = new NetnsChoice(OptionalLong.empty());

    public static NetnsChoice of(long inode) {
        return new NetnsChoice(OptionalLong.of(inode));
    }

    /** Whether it is an attachment of the namespace, there or gone. */
    public boolean includes(Identity identity) {
        return inode.isEmpty()
                || (identity instanceof Identity.OfAttachment attachment
                        && inode.equals(HookText.netns(attachment.key().place())));
    }

    boolean includes(Attachment attachment) {
        return inode.isEmpty() || inode.equals(HookText.netns(attachment.place()));
    }
}
