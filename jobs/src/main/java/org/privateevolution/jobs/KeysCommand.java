package org.privateevolution.jobs;

import java.io.PrintWriter;
import java.util.List;
import org.privateevolution.config.Setting;
import org.privateevolution.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pe keys}: lists the settings of a configuration. */
@Command(
        name = "keys",
        header = "List the settings of a configuration.",
        description = "List the keys of a configuration, each with its type, its [default] and its meaning.",
        footer = {"", "Examples:", "  pe keys privacy", "  pe keys text.sampling", "  pe keys epsilon"})
final class KeysCommand implements Runnable {

    @Parameters(
            paramLabel = "WORD",
            arity = "0..1",
            defaultValue = "",
            description = "Part of a key, such as a section. Default: all keys.")
    private String word;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        List<Setting<?>> asked = Settings.all().stream()
                .filter(setting -> setting.path().contains(word))
                .toList();
        if (asked.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "no key contains '" + word + "'; `pe keys` lists all keys");
        }
        PrintWriter out = spec.commandLine().getOut();
        for (Setting<?> setting : asked) {
            out.println(setting.path());
            print(setting.type() + " [" + setting.fallback() + "]", out);
            print(setting.meaning(), out);
        }
        out.flush();
    }

    /** Links and quotes of documents are left out. */
    private static void print(String text, PrintWriter out) {
        String plain = text.replaceAll("\\[([^]]+)]\\([^)]+\\)", "$1")
                .replace("`", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        WrappedText.lines(plain, LineWidth.ofPages() - 5).forEach(line -> out.println("    " + line));
    }
}
