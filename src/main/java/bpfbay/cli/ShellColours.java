package bpfbay.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Commands in bold, what is no command in red, options in cyan. */
final class ShellColours implements Highlighter {
    private static final Pattern WORD = Pattern.compile("\\S+");

    @Override
    public AttributedString highlight(LineReader reader, String line) {
        AttributedStringBuilder out = new AttributedStringBuilder();
        Matcher words = WORD.matcher(line);
        int end = 0;
        boolean isFirst = true;
        while (words.find()) {
            out.append(line.substring(end, words.start()));
            out.styled(style(words.group(), isFirst), words.group());
            isFirst = isFirst && words.group().equals("bpfbay");
            end = words.end();
        }
        return out.append(line.substring(end)).toAttributedString();
    }

    private static AttributedStyle style(String word, boolean isCommand) {
        if (word.startsWith("-")) {
            return AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
        } else if (!isCommand) {
            return AttributedStyle.DEFAULT;
        }
        return ShellWords.isCommand(word)
                ? AttributedStyle.BOLD
                : AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
    }
}
