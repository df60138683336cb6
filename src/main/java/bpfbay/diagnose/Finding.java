package bpfbay.diagnose;

import static java.util.Objects.requireNonNull;

import bpfbay.history.Identity;
import java.util.List;
import java.util.Set;

/**
 * Something that an operator should know, with what it rests on. Alike things are one finding.
 *
 * @param refs of the attachments it is about; of a skew the odd ones
 * @param rows identities under whose rows it stands; never empty where the thing has a row
 * @param progIds the programs it names, in the order of the title
 * @param title one line that says it all, with ids and times
 * @param evidence facts, one a line
 * @param suggest a command that works when pasted, or one clause where none would help
 */
public record Finding(
        Code code,
        Severity severity,
        List<String> refs,
        Set<Identity> rows,
        List<Integer> progIds,
        String title,
        List<String> evidence,
        String suggest) {
    public Finding {
        requireNonNull(code, "code");
        requireNonNull(severity, "severity");
        refs = List.copyOf(refs);
        rows = Set.copyOf(rows);
        progIds = List.copyOf(progIds);
        requireNonNull(title, "title");
        evidence = List.copyOf(evidence);
        requireNonNull(suggest, "suggest");
    }
}
