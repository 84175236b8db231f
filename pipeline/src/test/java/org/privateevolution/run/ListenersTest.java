package org.privateevolution.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.privateevolution.spi.RunListener;

class ListenersTest {

    private static RunListener recording(String name, List<String> heard) {
        return (RunListener) Proxy.newProxyInstance(
                ListenersTest.class.getClassLoader(),
                new Class<?>[] {RunListener.class},
                (proxy, method, arguments) -> {
                    heard.add(name + " " + method.getName());
                    return null;
                });
    }

    /** Covers events that are added to the interface later. */
    @Test
    void everyListenerHearsEveryEventInOrder() throws ReflectiveOperationException {
        List<String> heard = new ArrayList<>();
        Listeners both = Listeners.of(recording("first", heard), recording("second", heard));

        for (Method event : RunListener.class.getMethods()) {
            heard.clear();
            event.invoke(
                    both,
                    Arrays.stream(event.getParameterTypes())
                            .map(ListenersTest::nothing)
                            .toArray());
            assertThat(heard).containsExactly("first " + event.getName(), "second " + event.getName());
        }
    }

    private static Object nothing(Class<?> type) {
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == double.class ? (Object) 0.0 : null;
    }
}
