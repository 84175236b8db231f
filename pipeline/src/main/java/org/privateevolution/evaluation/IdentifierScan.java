package org.privateevolution.evaluation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.privateevolution.model.MetricValue;

/**
 * Scans synthetic texts for strings that have the form of an identifier, such as an e-mail address. The scan cannot
 * tell whether an identifier belongs to anybody. It reports counts only, never values.
 *
 * @param texts number of texts that contain an identifier, by kind; kinds that were not found are left out
 */
public record IdentifierScan(Map<Kind, Integer> texts) {

    /**
     * The kinds of identifiers that the scan finds. Names and postal addresses have no recognisable form and are not
     * found.
     */
    public enum Kind {
        /** An address at a domain that somebody can own. The domains that RFC 2606 reserves do not count. */
        EMAIL(
                "an e-mail address",
                "(?<![\\w.%+-])[\\w.%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,63}\\b",
                found -> !found.matches("(?i).*[@.]example\\.(com|net|org)|.*\\.(example|invalid|test|localhost)")),
        /** A number in international or North American notation, or with an area code that begins with 0. */
        PHONE(
                "a telephone number",
                "(?<![\\w+])(?:\\+\\d{1,3}[ ./-]?(?:\\(\\d{1,4}\\)[ ./-]?)?\\d(?:[ ./-]?\\d){6,12}"
                        + "|(?:\\(\\d{3}\\) ?|\\d{3}[ .-])\\d{3}[ .-]\\d{4}|0\\d{2,4}[ /-]\\d{5,9})(?!\\w)",
                found -> !found.matches(".*\\b555[ .-]01\\d\\d")),
        /** An IBAN with valid check digits (ISO 13616). */
        IBAN("an IBAN", "\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b", IdentifierScan::isIban),
        /** A card number with a valid check digit (Luhn algorithm, ISO/IEC 7812). */
        CARD("a credit card number", "(?<![\\d-])[3-6]\\d{3}(?:[ -]?\\d){9,15}(?![\\d-])", IdentifierScan::isCard),
        SSN(
                "a US social security number",
                "(?<![\\d-])(?!000|666|9\\d\\d)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}(?![\\d-])",
                found -> true),
        IP(
                "an IP address",
                "(?<![\\d.])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?!\\d|\\.\\d)",
                found -> true);

        private final String words;
        private final Pattern form;
        private final Predicate<String> holds;

        Kind(String words, String form, Predicate<String> holds) {
            this.words = words;
            this.form = Pattern.compile(form);
            this.holds = holds;
        }

        /** Whether the text contains an identifier of this kind. */
        boolean isIn(String text) {
            Matcher found = form.matcher(text);
            while (found.find()) {
                if (holds.test(found.group())) {
                    return true;
                }
            }
            return false;
        }

        private String metric() {
            return "texts_with_" + name().toLowerCase(Locale.ROOT);
        }
    }

    public IdentifierScan {
        texts = texts.isEmpty() ? Map.of() : new EnumMap<>(texts);
    }

    public static IdentifierScan of(Iterable<String> texts) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        for (String text : texts) {
            for (Kind kind : Kind.values()) {
                if (kind.isIn(text)) {
                    counts.merge(kind, 1, Integer::sum);
                }
            }
        }
        return new IdentifierScan(counts);
    }

    /** Number of texts per kind of identifier found, as metrics inside the guarantee. */
    public List<MetricValue> metrics(int iteration) {
        List<MetricValue> metrics = new ArrayList<>();
        texts.forEach((kind, count) ->
                metrics.add(new MetricValue(iteration, MetricValue.ALL_LABELS, kind.metric(), count, true)));
        return metrics;
    }

    /** Says what was found and what to do about it; empty if nothing was found. */
    public Optional<String> warning() {
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        String counts = texts.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s in %,d", entry.getKey().words, entry.getValue()))
                .collect(Collectors.joining(", "));
        return Optional.of("Warning: some synthetic texts hold what looks like an identifier: " + counts
                + ". The guarantee covers them, but whoever reads one may take it for a real person's. Look at those"
                + " texts before you publish; to have fewer, ask for placeholders in the prompts.");
    }

    /**
     * Words in capitals may follow an IBAN and match, too: drops groups from the end until the check digits are valid.
     */
    private static boolean isIban(String found) {
        String candidate = found;
        while (true) {
            String plain = candidate.replace(" ", "");
            if (plain.length() >= 15 && plain.length() <= 34 && remainder(plain) == 1) {
                return true;
            }
            int last = candidate.lastIndexOf(' ');
            if (last < 0) {
                return false;
            }
            candidate = candidate.substring(0, last);
        }
    }

    private static int remainder(String iban) {
        String digits = (iban.substring(4) + iban.substring(0, 4))
                .chars()
                .mapToObj(each -> String.valueOf(Character.digit(each, 36)))
                .collect(Collectors.joining());
        return new BigInteger(digits).mod(BigInteger.valueOf(97)).intValue();
    }

    private static boolean isCard(String found) {
        String digits = found.replaceAll("\\D", "");
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int counted = i % 2 == 0 ? digit : 2 * digit;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return sum % 10 == 0;
    }
}
