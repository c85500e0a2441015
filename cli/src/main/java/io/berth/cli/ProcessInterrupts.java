package io.berth.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * The signals of this process. A shutdown hook wouldn't do: it can't hear a second Ctrl-C, and its exit code is the
 * signal's. {@code sun.misc.Signal} is there for programs like this one (JEP 260), but the compiler warns of it whatever
 * one does; so it is reached by reflection.
 */
final class ProcessInterrupts implements Interrupts {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    @Override
    @SuppressWarnings("ReferenceEquality") // a proxy has nothing else to be compared by
    public Listening listen(Runnable listener) {
        try {
            var signalType = Class.forName("sun.misc.Signal");
            var handlerType = Class.forName("sun.misc.SignalHandler");
            var handle = signalType.getMethod("handle", signalType, handlerType);
            var handler = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            listener.run();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                            default -> "berth's signal handler";
                        };
                    });
            var before = new ArrayList<Runnable>();
            for (var name : SIGNALS) {
                var signal = signalType.getConstructor(String.class).newInstance(name);
                var old = handle.invoke(null, signal, handler);
                before.add(() -> restore(handle, signal, old));
            }
            return () -> before.forEach(Runnable::run);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("this Java has no signals", missing);
        }
    }

    private static void restore(Method handle, Object signal, Object handler) {
        try {
            handle.invoke(null, signal, handler);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("it worked a moment ago", impossible);
        }
    }

    @Override
    public void endProcess(int exitCode) {
        Runtime.getRuntime().halt(exitCode);
    }
}
