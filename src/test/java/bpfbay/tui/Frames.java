package bpfbay.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.tui.cell.Grid;
import bpfbay.tui.cell.Paint;
import bpfbay.tui.cell.Theme;
import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.screen.TerminalScreen;
import com.googlecode.lanterna.terminal.virtual.DefaultVirtualTerminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;

/**
 * Compares a drawn state with {@code src/test/resources/frames/<view>/<case>.txt}: first the glyphs as a
 * terminal shows them, then a layer of styles. {@code -Dframes.update} writes the files instead.
 */
public final class Frames {
    private static final Path ROOT = Path.of(System.getProperty("bpfbay.home", "."), "src/test/resources/frames");

    private Frames() {}

    public static void check(Driver driver, String view, String name) {
        String frame = render(driver.draw(), driver.state().looks().theme());
        Path file = ROOT.resolve(view).resolve(name + ".txt");
        try {
            if (System.getProperty("frames.update") != null) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, frame);
            }
            assertTrue(Files.exists(file), () -> file + " is missing; -Dframes.update writes it");
            assertEquals(Files.readString(file), frame, () -> view + "/" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Through Lanterna onto a virtual terminal and back: what stands there, and how. */
    private static String render(Grid grid, Theme theme) {
        DefaultVirtualTerminal terminal = new DefaultVirtualTerminal(new TerminalSize(grid.columns(), grid.rows()));
        try {
            TerminalScreen screen = new TerminalScreen(terminal);
            screen.startScreen();
            fill(screen, grid, theme);
            screen.refresh(TerminalScreen.RefreshType.COMPLETE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StringBuilder glyphs = new StringBuilder();
        StringBuilder styles = new StringBuilder();
        for (int y = 0; y < grid.rows(); y++) {
            StringBuilder line = new StringBuilder();
            StringBuilder style = new StringBuilder();
            for (int x = 0; x < grid.columns(); x++) {
                TextCharacter cell = terminal.getCharacter(x, y);
                line.append(cell.getCharacterString());
                style.append(style(cell));
                if (cell.isDoubleWidth()) {
                    style.append(style(cell));
                    x++;
                }
            }
            glyphs.append(line.toString().stripTrailing()).append('\n');
            styles.append(style.toString().replaceAll("\\.+$", "")).append('\n');
        }
        return glyphs + "-- style: . plain, B bold, # reverse, U underline, a letter for a colour\n" + styles;
    }

    private static void fill(TerminalScreen screen, Grid grid, Theme theme) {
        for (int y = 0; y < grid.rows(); y++) {
            for (int x = 0; x < grid.columns(); x++) {
                if (!grid.glyph(x, y).isEmpty()) {
                    screen.setCharacter(x, y, character(grid.glyph(x, y), theme.paint(grid.ink(x, y))));
                }
            }
        }
    }

    private static TextCharacter character(String glyph, Paint paint) {
        EnumSet<SGR> modifiers = EnumSet.noneOf(SGR.class);
        if (paint.weight() == Paint.Weight.BOLD) {
            modifiers.add(SGR.BOLD);
        }
        if (paint.emphasis() != Paint.Emphasis.NONE) {
            modifiers.add(paint.emphasis() == Paint.Emphasis.REVERSE ? SGR.REVERSE : SGR.UNDERLINE);
        }
        String hue = paint.hue().name();
        String name = hue.startsWith("BRIGHT_") ? hue.substring("BRIGHT_".length()) + "_BRIGHT" : hue;
        return TextCharacter.fromString(glyph, TextColor.ANSI.valueOf(name), TextColor.ANSI.DEFAULT, modifiers)[0];
    }

    private static char style(TextCharacter cell) {
        if (cell.isReversed()) {
            return '#';
        } else if (cell.isUnderlined()) {
            return 'U';
        } else if (cell.getForegroundColor() != TextColor.ANSI.DEFAULT) {
            char letter = letter(cell.getForegroundColor());
            return cell.isBold() ? Character.toUpperCase(letter) : letter;
        }
        return cell.isBold() ? 'B' : '.';
    }

    private static char letter(TextColor color) {
        return switch ((TextColor.ANSI) color) {
            case RED, RED_BRIGHT -> 'r';
            case GREEN, GREEN_BRIGHT -> 'g';
            case YELLOW, YELLOW_BRIGHT -> 'y';
            case BLUE, BLUE_BRIGHT -> 'l';
            case MAGENTA, MAGENTA_BRIGHT -> 'm';
            case CYAN, CYAN_BRIGHT -> 'c';
            case BLACK, BLACK_BRIGHT -> 'd';
            case WHITE, WHITE_BRIGHT -> 'w';
            case DEFAULT -> '.';
        };
    }
}
