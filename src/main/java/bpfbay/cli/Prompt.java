package bpfbay.cli;

import java.util.Optional;

/** Asks the operator, where there is one. */
interface Prompt {
    /** Whether somebody can be asked: standard input and standard error are terminals. */
    boolean isThere();

    /** One line without its end; empty where the input ended. */
    Optional<String> ask(String question);
}
