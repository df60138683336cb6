package bpfbay.tui.cell;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * A grid as PNG, by the JDK's own drawing and the machine's monospace font. The only class that loads AWT;
 * without fonts on the machine the JDK throws, as an error or a runtime exception.
 */
public final class PngPicture {
    private static final int FONT = 15;
    private static final int MARGIN = 12;

    private PngPicture() {}

    public static byte[] of(Grid grid, Theme theme) {
        System.setProperty("java.awt.headless", "true");
        Font font = new Font("DejaVu Sans Mono", Font.PLAIN, FONT);
        if (!font.getFamily().startsWith("DejaVu")) {
            font = new Font(Font.MONOSPACED, Font.PLAIN, FONT);
        }
        FontMetrics metrics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
                .createGraphics()
                .getFontMetrics(font);
        int cell = metrics.charWidth('M');
        int line = metrics.getHeight();
        BufferedImage image = new BufferedImage(
                grid.columns() * cell + 2 * MARGIN, grid.rows() * line + 2 * MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        Palette palette = Palette.of(theme);
        graphics.setColor(new Color(palette.background()));
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        Font bold = font.deriveFont(Font.BOLD);
        for (int y = 0; y < grid.rows(); y++) {
            for (int x = 0; x < grid.columns(); x++) {
                Paint paint = theme.paint(grid.ink(x, y));
                int left = MARGIN + x * cell;
                int top = MARGIN + y * line;
                if (Palette.isReversed(paint)) {
                    graphics.setColor(new Color(palette.behind(paint)));
                    graphics.fillRect(left, top, cell, line);
                }
                graphics.setColor(new Color(palette.text(paint)));
                graphics.setFont(paint.weight() == Paint.Weight.BOLD ? bold : font);
                graphics.drawString(grid.glyph(x, y), left, top + metrics.getAscent());
                if (paint.emphasis() == Paint.Emphasis.UNDERLINE) {
                    graphics.drawLine(left, top + line - 2, left + cell - 1, top + line - 2);
                }
            }
        }
        graphics.dispose();
        return encoded(image);
    }

    private static byte[] encoded(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.setUseCache(false);
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
