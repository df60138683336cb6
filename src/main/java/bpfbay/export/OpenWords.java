package bpfbay.export;

import bpfbay.model.AttachType;
import bpfbay.model.LinkType;
import bpfbay.model.MapType;
import bpfbay.model.ProgType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The words of open kinds as their numbers again: the inverse of each {@code label()}. */
final class OpenWords {
    private OpenWords() {}

    static AttachType attachType(String word) {
        return new AttachType(number(word, AttachType.words(), "attach_type_"));
    }

    static LinkType linkType(String word) {
        return new LinkType(number(word, LinkType.words(), "link_type_"));
    }

    static MapType mapType(String word) {
        return new MapType(number(word, MapType.words(), "map_type_"));
    }

    static ProgType progType(String word) {
        return new ProgType(number(word, ProgType.words(), "prog_type_"));
    }

    /** The constant whose name this is in lower case. */
    static <E extends Enum<E>> Optional<E> constant(E[] constants, String word) {
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equalsIgnoreCase(word))
                .findFirst();
    }

    static <E extends Enum<E>> E needConstant(E[] constants, String word) {
        return constant(constants, word).orElseThrow(() -> unknown(word));
    }

    /** A word of {@link bpfbay.model.AttachTarget.Netfilter}, or the number itself. */
    static int netfilter(String word, List<String> words, List<Integer> numbers) {
        int place = words.indexOf(word);
        return place >= 0 ? numbers.get(place) : u32(word, word);
    }

    private static int number(String word, List<String> words, String prefix) {
        int place = words.indexOf(word);
        if (place >= 0) {
            return place;
        } else if (word.startsWith(prefix)) {
            return u32(word.substring(prefix.length()), word);
        }
        throw unknown(word);
    }

    private static int u32(String digits, String word) {
        try {
            return Integer.parseUnsignedInt(digits);
        } catch (NumberFormatException e) {
            throw unknown(word);
        }
    }

    static NotReadableException unknown(String word) {
        return new NotReadableException("'" + word + "' is not known here");
    }
}
