package dev.mtc.api;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Prints what callers of a package can see: its public and protected types with their members, sorted. */
public final class ApiListing {

    private static final String UPDATE = "mtc.api.update";

    /** Methods that every object, record or enum has. */
    private static final Set<String> GIVEN =
            Set.of("toString()", "equals(Object)", "hashCode()", "values()", "valueOf(String)");

    private ApiListing() {}

    /**
     * Holds the surface of packages of the module that is tested against the committed listing, or writes that anew.
     *
     * @param module its name, as the listing has it
     * @param oneOfEachPackage a type of each of the packages
     */
    public static void assertCommitted(String module, Class<?>... oneOfEachPackage) throws IOException {
        Path committed = Path.of(System.getProperty("basedir", "."), "src/test/resources", module + ".api.txt");
        String listing = of(oneOfEachPackage);
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(committed.getParent());
            Files.writeString(committed, listing);
        }
        assertThat(listing)
                .as("the public API has changed; if that is intended, run mvn -Dtest=ApiListingTest -D" + UPDATE
                        + "=true test in " + module + " and commit " + committed)
                .isEqualTo(Files.readString(committed));
    }

    static String of(Class<?>... oneOfEachPackage) {
        return Stream.of(oneOfEachPackage)
                .flatMap(ApiListing::visibleTypes)
                .sorted(Comparator.comparing(Class::getName))
                .map(ApiListing::type)
                .collect(joining("\n"));
    }

    /** {@return the public and protected types of a package} */
    static Stream<Class<?>> visibleTypes(Class<?> neighbour) {
        return types(neighbour).filter(ApiListing::isVisible);
    }

    private static Stream<Class<?>> types(Class<?> neighbour) {
        String path = neighbour.getPackageName().replace('.', '/');
        try (Stream<Path> files = Files.list(Path.of(neighbour
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(path))) {
            List<Class<?>> types = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .<Class<?>>map(name -> load(
                            neighbour.getPackageName() + "." + name.substring(0, name.length() - ".class".length())))
                    .toList();
            return types.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiListing.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        if (type.isAnonymousClass() || type.isLocalClass()) {
            return false;
        }
        Class<?> outer = type.getDeclaringClass();
        return isVisible(type.getModifiers()) && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static boolean isVisible(Member member) {
        return isVisible(member.getModifiers()) && !member.isSynthetic();
    }

    private static String type(Class<?> type) {
        Stream<String> fields = Stream.of(type.getDeclaredFields())
                .filter(ApiListing::isVisible)
                .map(ApiListing::field);
        Stream<String> constructors = Stream.of(type.getDeclaredConstructors())
                .filter(ApiListing::isVisible)
                .map(ApiListing::constructor);
        Stream<String> methods = Stream.of(type.getDeclaredMethods())
                .filter(ApiListing::isVisible)
                .filter(method -> !GIVEN.contains(call(method.getName(), method)))
                .map(ApiListing::method);
        return header(type) + "\n"
                + Stream.of(fields.sorted(), constructors.sorted(), methods.sorted())
                        .flatMap(lines -> lines)
                        .map(line -> "  " + line + "\n")
                        .collect(joining());
    }

    private static String header(Class<?> type) {
        Stream<Type> parents = Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass())
                        .filter(parent -> !type.isEnum() && !type.isRecord() && parent != Object.class),
                Arrays.stream(type.getGenericInterfaces()));
        String above = parents.map(ApiListing::name).collect(joining(", "));
        return type.getPackageName() + ": " + kind(type) + " " + simple(type.getName())
                + parameters(type.getTypeParameters()) + (above.isEmpty() ? "" : " : " + above);
    }

    private static String kind(Class<?> type) {
        int modifiers = type.getModifiers();
        if (type.isEnum()) {
            return "enum";
        } else if (type.isRecord()) {
            return "record";
        }
        return (Modifier.isProtected(modifiers) ? "protected " : "")
                + (type.isSealed() ? "sealed " : "")
                + (Modifier.isAbstract(modifiers) && !type.isInterface() ? "abstract " : "")
                + (Modifier.isFinal(modifiers) ? "final " : "")
                + (type.isInterface() ? "interface" : "class");
    }

    private static String field(Field field) {
        return field.isEnumConstant()
                ? field.getName()
                : modifiers(field) + name(field.getGenericType()) + " " + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        return modifiers(constructor) + call("new", constructor);
    }

    private static String method(Method method) {
        String parameters = parameters(method.getTypeParameters());
        return modifiers(method) + (method.isDefault() ? "default " : "")
                + (parameters.isEmpty() ? "" : parameters + " ")
                + name(method.getGenericReturnType()) + " " + call(method.getName(), method);
    }

    private static String modifiers(Member member) {
        int modifiers = member.getModifiers();
        boolean isAbstract =
                Modifier.isAbstract(modifiers) && !member.getDeclaringClass().isInterface();
        return (Modifier.isProtected(modifiers) ? "protected " : "")
                + (Modifier.isStatic(modifiers) ? "static " : "")
                + (isAbstract ? "abstract " : "");
    }

    private static String call(String name, Executable executable) {
        String thrown = Stream.of(executable.getGenericExceptionTypes())
                .map(ApiListing::name)
                .collect(joining(", "));
        String parameters = Stream.of(executable.getGenericParameterTypes())
                .map(ApiListing::name)
                .collect(joining(", "));
        return name + "(" + (executable.isVarArgs() ? parameters.replaceFirst("\\[]$", "...") : parameters) + ")"
                + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static String parameters(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Stream.of(variables)
                        .map(variable -> variable.getName()
                                + Stream.of(variable.getBounds())
                                        .filter(bound -> bound != Object.class)
                                        .map(bound -> " extends " + name(bound))
                                        .collect(joining()))
                        .collect(joining(", ", "<", ">"));
    }

    private static String name(Type type) {
        return simple(type.getTypeName());
    }

    /** Leaves out packages and writes nested types with dots. */
    private static String simple(String name) {
        return name.replaceAll("\\b(?:[a-z0-9_]+\\.)+(?=[A-Z])", "").replace('$', '.');
    }
}
