package bpfbay.kernel;

import bpfbay.model.Problem;
import java.util.List;

/**
 * What one question brought: the items that could be read, and what could not. While nothing has changed
 * since the last time the same question was asked, the very same instance comes back.
 */
public record Listing<T>(List<T> items, List<Problem> problems) {
    public Listing {
        items = List.copyOf(items);
        problems = List.copyOf(problems);
    }

    public static <T> Listing<T> of(List<T> items) {
        return new Listing<>(items, List.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Listing<?> that && that.items.equals(items) && that.problems.equals(problems);
    }

    @Override
    public int hashCode() {
        return 31 * items.hashCode() + problems.hashCode();
    }
}
