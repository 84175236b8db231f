package org.privateevolution.discovery;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.privateevolution.model.GeneratedColumn.Kind;

/** Tells from a column's name what kind of value could be made up for the column. Names are public. */
public final class TellingName {

    /** Endings of column names, in lower case, with words joined by underscores. */
    private static final Map<Kind, List<String>> ENDS = Map.of(
            Kind.ID, List.of("id"),
            Kind.UUID, List.of("uuid", "guid"),
            Kind.EMAIL, List.of("email", "e_mail", "mail", "email_address"),
            Kind.PHONE, List.of("phone", "telephone", "mobile", "phone_number", "telephone_number", "mobile_number"),
            Kind.FIRST_NAME, List.of("first_name", "firstname", "given_name", "forename"),
            Kind.LAST_NAME, List.of("last_name", "lastname", "surname", "family_name"),
            Kind.NAME, List.of("full_name", "fullname", "customer_name", "client_name", "patient_name"),
            Kind.ADDRESS, List.of("address", "street_address"));

    private TellingName() {}

    /** Returns the kind that a column's name suggests; empty if it suggests none. */
    public static Optional<Kind> of(String column) {
        String words = column.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "_")
                .replaceAll("^_|_$", "");
        if (words.equals("name")) {
            return Optional.of(Kind.NAME);
        }
        // The longest ending wins: an email_address is not an address.
        return ENDS.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(end -> words.equals(end) || words.endsWith("_" + end))
                        .map(end -> Map.entry(end, entry.getKey())))
                .max(Map.Entry.comparingByKey((first, second) -> Integer.compare(first.length(), second.length())))
                .map(Map.Entry::getValue);
    }
}
