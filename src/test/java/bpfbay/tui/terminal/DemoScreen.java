package bpfbay.tui.terminal;

import bpfbay.tui.terminal.CellStyle.Attribute;
import bpfbay.tui.terminal.CellStyle.Color;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The smallest program with a screen of ours: rows, the last inputs, and ways to end badly. {@code q} quits,
 * {@code x} throws, {@code w} throws on another thread, {@code ^C} quits with 130, {@code f} floods the line.
 */
public final class DemoScreen {
    private static final CellStyle TITLE = new CellStyle(Color.DEFAULT, Set.of(Attribute.BOLD));
    private static final CellStyle BAR = new CellStyle(Color.DEFAULT, Set.of(Attribute.REVERSE));

    private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
    private final TerminalKind kind = TerminalKind.of(System.getenv());
    private int count;
    private String last = "-";

    private DemoScreen() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(new DemoScreen().run());
    }

    private int run() throws InterruptedException {
        var refusal = Tty.refusal(kind);
        if (refusal.isPresent()) {
            System.err.println("demo: " + refusal.get());
            return 3;
        }
        try (Tty tty = Tty.open(kind, inputs::add)) {
            tty.onCrash(thrown -> {
                thrown.printStackTrace();
                Runtime.getRuntime().halt(70);
            });
            Surface surface = new Surface(tty, kind);
            while (true) {
                draw(surface);
                surface.flush();
                int status = handle(inputs.take(), tty, surface);
                if (status >= 0) {
                    return status;
                }
            }
        }
    }

    private int handle(Input input, Tty tty, Surface surface) {
        count++;
        last = input.toString();
        if (input.equals(Input.key('q'))) {
            return 0;
        } else if (input.equals(Input.key('c', Input.Modifier.CTRL))) {
            return 130;
        } else if (input.equals(Input.key('z', Input.Modifier.CTRL)) || input instanceof Input.StopWished) {
            tty.suspend();
        } else if (input instanceof Input.Continued) {
            surface.resume();
        } else if (input instanceof Input.Resized) {
            surface.resize();
        } else if (input instanceof Input.Ended) {
            return 0;
        } else if (input.equals(Input.key('x'))) {
            throw new IllegalStateException("thrown on purpose");
        } else if (input.equals(Input.key('w'))) {
            new Thread(() -> {
                        throw new IllegalStateException("thrown elsewhere");
                    })
                    .start();
        } else if (input.equals(Input.key('f'))) {
            while (true) {
                surface.redraw();
                draw(surface);
                surface.flush();
            }
        }
        return -1;
    }

    private void draw(Surface surface) {
        for (int y = 0; y < surface.rows(); y++) {
            String text =
                    switch (y) {
                        case 0 -> "demo " + surface.columns() + "x" + surface.rows();
                        case 1 -> "inputs " + count;
                        case 2 -> "last " + last;
                        default -> "row " + y;
                    };
            CellStyle style = y == 0 ? TITLE : y == 3 ? BAR : CellStyle.PLAIN;
            for (int x = 0; x < surface.columns(); x++) {
                surface.put(x, y, x < text.length() ? text.substring(x, x + 1) : " ", style);
            }
        }
    }
}
