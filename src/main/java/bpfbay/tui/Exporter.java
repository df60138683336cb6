package bpfbay.tui;

import bpfbay.diagnose.Account;
import bpfbay.export.ChangeJson;
import bpfbay.export.DiffJson;
import bpfbay.export.FindingsJson;
import bpfbay.export.SnapshotJson;
import bpfbay.export.SwapJson;
import bpfbay.model.RawText;
import bpfbay.tui.cell.Grid;
import bpfbay.tui.cell.PngPicture;
import bpfbay.tui.cell.SvgPicture;
import bpfbay.tui.state.Comparing;
import bpfbay.tui.state.Effect;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Feed;
import bpfbay.tui.state.Notice;
import bpfbay.tui.state.Page;
import bpfbay.tui.state.Presence;
import bpfbay.tui.state.State;
import bpfbay.tui.view.Screenful;
import bpfbay.tui.view.WholeView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes what is shown into a new file: text and JSON of everything in the view, SVG and PNG of the screen
 * as it is. A file that is already there stays as it is.
 */
final class Exporter {
    private Exporter() {}

    static Event write(State state, Effect.Export wish) {
        try {
            byte[] bytes = bytes(state, wish.format());
            Path file = Path.of(wish.file());
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            boolean isShared = state.looks().presence().names() == Presence.Names.REPLACED;
            return new Event.Told("written: " + (isShared ? file : file.toAbsolutePath()), Notice.Tone.PLAIN);
        } catch (FileAlreadyExistsException e) {
            return failed(wish, "is already there");
        } catch (NoSuchFileException e) {
            return failed(wish, "no such folder");
        } catch (IOException | UncheckedIOException e) {
            return failed(wish, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return failed(wish, "is no file name");
        } catch (LinkageError | RuntimeException e) {
            return failed(wish, noPicture(wish, e));
        }
    }

    private static String noPicture(Effect.Export wish, Throwable cause) {
        return wish.format() == Effect.Format.PNG
                ? "PNG needs fontconfig and a font on this machine; SVG needs nothing"
                : String.valueOf(cause.getMessage());
    }

    static byte[] bytes(State state, Effect.Format format) {
        Grid screen = Screenful.draw(state);
        return switch (format) {
            case TEXT -> RawText.encode(WholeView.text(state));
            case SVG -> RawText.encode(SvgPicture.of(screen, state.looks().theme()));
            case PNG -> PngPicture.of(screen, state.looks().theme());
            case JSON -> json(state);
        };
    }

    /** What the page is about: a plan, an outcome, the journal's swaps, else everything. */
    private static byte[] json(State state) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Page page = state.desk().page();
        Feed feed = state.world().shown();
        if (page.isOf(Page.Subject.FINDINGS) && feed.snapshot().isPresent()) {
            FindingsJson.write(feed.snapshot().get(), feed.diagnosis(), out);
        } else if (page.isOf(Page.Subject.TIMELINE)) {
            feed.account().map(Account::timeline).orElse(List.of()).forEach(o -> ChangeJson.write(o, out));
        } else if (page.isOf(Page.Subject.DIFFERENCES)) {
            Comparing.of(state).ifPresent(c -> DiffJson.write(c.before(), c.after(), c.differences(), out));
        } else if (page instanceof Page.Planning planning && planning.drawn().isPresent()) {
            SwapJson.write(planning.drawn().get().outcome(), out);
        } else if (page instanceof Page.Outcome outcome) {
            SwapJson.write(outcome.outcome(), out);
        } else if (page instanceof Page.Swapped swapped) {
            SwapJson.writeSwaps(state.swaps().record(swapped.id()).stream().toList(), out);
        } else if (page instanceof Page.Choosing choosing && choosing.subject() == Page.Subject.SWAPS) {
            SwapJson.writeSwaps(state.swaps().records(), out);
        } else {
            state.world().shown().snapshot().ifPresent(snapshot -> SnapshotJson.write(snapshot, out));
        }
        return out.toByteArray();
    }

    private static Event failed(Effect.Export wish, String why) {
        return new Event.Told(wish.file() + ": " + why, Notice.Tone.WARNING);
    }
}
