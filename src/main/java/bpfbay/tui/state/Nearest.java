package bpfbay.tui.state;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The known word that a mistyped one most likely meant. */
final class Nearest {
    private static final int MOST_WORDS = 5000;

    private Nearest() {}

    /** Empty where nothing is near: at most a third of the letters may be wrong. */
    static Optional<String> of(String word, List<String> known) {
        record Candidate(String word, int distance) {}
        int most = Math.max(1, word.length() / 3);
        return known.stream()
                .limit(MOST_WORDS)
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= most)
                .map(candidate -> new Candidate(candidate, distance(word, candidate)))
                .filter(candidate -> candidate.distance() <= most)
                .min(Comparator.comparingInt(Candidate::distance))
                .map(Candidate::word);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
