package org.privateevolution.jobs;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Asks on the terminal for values that the command line does not give. */
final class Questions {

    /** Null if there is no terminal. */
    private final BufferedReader answers;

    private final PrintWriter out;

    private Questions(BufferedReader answers, PrintWriter out) {
        this.answers = answers;
        this.out = out;
    }

    /** Questions on the terminal, if standard input and output are one. */
    static Questions onTerminal(PrintWriter out) {
        Console console = System.console();
        return console == null ? new Questions(null, out) : new Questions(new BufferedReader(console.reader()), out);
    }

    /** Questions with answers from another source. */
    static Questions answeredBy(Reader answers, PrintWriter out) {
        return new Questions(new BufferedReader(answers), out);
    }

    /**
     * Returns the given value, else the answer to {@code question}, else the proposed value.
     *
     * @param given null if the value was not given
     * @param proposed null if there is nothing to propose
     * @return empty if there is neither an answer nor a proposal
     */
    Optional<String> ask(String given, String question, String proposed) {
        if (given != null || answers == null) {
            return Optional.ofNullable(given == null ? proposed : given);
        }
        out.print(question + (proposed == null ? ": " : " [" + proposed + "]: "));
        out.flush();
        try {
            String answer = answers.readLine();
            return Optional.ofNullable(answer == null || answer.isBlank() ? proposed : answer.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
