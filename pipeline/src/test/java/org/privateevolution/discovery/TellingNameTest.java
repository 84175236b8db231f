package org.privateevolution.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateevolution.model.GeneratedColumn.Kind;

class TellingNameTest {

    @ParameterizedTest
    @CsvSource({
        "id, ID",
        "customer_id, ID",
        "customerId, ID",
        "Customer ID, ID",
        "uuid, UUID",
        "rowGuid, UUID",
        "E-Mail, EMAIL",
        "email_address, EMAIL",
        "home-address, ADDRESS",
        "contact_phone, PHONE",
        "FirstName, FIRST_NAME",
        "surname, LAST_NAME",
        "Name, NAME",
        "customer_name, NAME"
    })
    void namesThatSayWhatIsInThemAreKnown(String name, Kind kind) {
        assertThat(TellingName.of(name)).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"paid", "valid", "product_name", "username", "candid", "age", "", "addresses", "idle"})
    void othersAreNot(String name) {
        assertThat(TellingName.of(name)).isEmpty();
    }
}
