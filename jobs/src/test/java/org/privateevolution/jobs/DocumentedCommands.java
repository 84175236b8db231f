package org.privateevolution.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of shell commands in a Markdown page. */
final class DocumentedCommands {

    private static final Pattern FENCE = Pattern.compile("\\s*```(\\w*).*");
    private static final Pattern SHELL = Pattern.compile("sh|bash|shell|console");
    private static final Pattern COMMAND = Pattern.compile(
            "\\s*(?:\\w+=\\S+ +)*(?:pe|\\w*scripts/\\S+|sbin/\\S+|mvn|pip|python3?|java|spark-submit|source|cd|curl"
                    + "|databricks|docker|helm|kubectl|npm|git|export)(?: .*|$)");
    private static final Pattern HEREDOC = Pattern.compile("<<-?\\s*['\"]?(\\w+)['\"]?");
    private static final String SEPARATORS = "\n;|&()<>";

    private DocumentedCommands() {}

    /**
     * @param line of the first command, from 1
     * @param above the last line before the block that is not empty
     * @param fenced whether the block is fenced as {@code sh}, as the scripts that execute pages expect it
     */
    record Block(int line, String above, boolean fenced, String text) {

        /** The words of each simple command, without quotes, comments and redirections. */
        List<List<String>> commands() {
            List<List<String>> commands = new ArrayList<>();
            List<String> words = new ArrayList<>();
            StringBuilder word = new StringBuilder();
            boolean inWord = false;
            String script = withoutHeredocs(text) + "\n";
            for (int i = 0; i < script.length(); i++) {
                char c = script.charAt(i);
                if (c == '\\' && i + 1 < script.length()) {
                    i++;
                    if (script.charAt(i) != '\n') {
                        word.append(script.charAt(i));
                        inWord = true;
                    }
                } else if (c == '\'' || c == '"') {
                    int end = script.indexOf(c, i + 1);
                    if (end < 0) {
                        throw new IllegalArgumentException("line " + line + ": a quote that does not end");
                    }
                    word.append(script, i + 1, end);
                    inWord = true;
                    i = end;
                } else if (c == '#' && !inWord) {
                    i = script.indexOf('\n', i) - 1;
                } else if (c == ' ' || SEPARATORS.indexOf(c) >= 0) {
                    if (inWord) {
                        words.add(word.toString());
                        word.setLength(0);
                        inWord = false;
                    }
                    if (c != ' ' && !words.isEmpty()) {
                        commands.add(List.copyOf(words));
                        words.clear();
                    }
                } else {
                    word.append(c);
                    inWord = true;
                }
            }
            return commands;
        }

        private static String withoutHeredocs(String text) {
            StringBuilder kept = new StringBuilder();
            String end = null;
            for (String line : text.split("\n", -1)) {
                if (end == null) {
                    Matcher heredoc = HEREDOC.matcher(line);
                    end = heredoc.find() ? heredoc.group(1) : null;
                    kept.append(end == null ? line : line.substring(0, heredoc.start()))
                            .append('\n');
                } else if (line.equals(end)) {
                    end = null;
                }
            }
            return kept.toString();
        }
    }

    /** Blocks fenced as a shell's, and others, fenced or indented, whose first line is a command. */
    static List<Block> blocks(String markdown) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Arrays.asList(markdown.split("\n", -1));
        String above = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            int first = i;
            int end = i;
            String language = "";
            if (fence.matches()) {
                language = fence.group(1);
                first = i + 1;
                end = first;
                while (end < lines.size() && !lines.get(end).strip().equals("```")) {
                    end++;
                }
                i = end;
            } else if (lines.get(i).startsWith("    ")
                    && (i == 0 || lines.get(i - 1).isBlank())) {
                while (end < lines.size() && lines.get(end).startsWith("    ")) {
                    end++;
                }
                i = end - 1;
            }
            if (end > first) {
                boolean shell = SHELL.matcher(language).matches();
                boolean command =
                        language.isEmpty() && COMMAND.matcher(lines.get(first)).matches();
                if (shell || command) {
                    String text = String.join("\n", lines.subList(first, end)).stripIndent();
                    blocks.add(new Block(first + 1, above, language.equals("sh"), text));
                }
            }
            if (!lines.get(i).isBlank()) {
                above = lines.get(i);
            }
        }
        return blocks;
    }
}
