package io.patchbay.foundation.database;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ibatis.reflection.ReflectionException;
import org.apache.ibatis.reflection.factory.DefaultObjectFactory;

/**
 * Makes rows. Most of them are records that only their package knows; MyBatis finds that out anew for each row, by an
 * exception. Safe for use by many threads.
 */
final class RowFactory extends DefaultObjectFactory {
    private static final long serialVersionUID = 1;

    /** As many as there are kinds of rows. */
    private final transient Map<Shape, Constructor<?>> constructors = new ConcurrentHashMap<>();

    private record Shape(Class<?> type, List<Class<?>> arguments) {}

    @Override
    public <T> T create(Class<T> type, List<Class<?>> argumentTypes, List<Object> arguments) {
        if (!type.isRecord() || argumentTypes == null || arguments == null) {
            return super.create(type, argumentTypes, arguments);
        }
        Constructor<?> constructor = constructors.get(new Shape(type, argumentTypes));
        if (constructor == null) {
            constructor = accessible(type, argumentTypes);
            constructors.put(new Shape(type, List.copyOf(argumentTypes)), constructor);
        }
        try {
            return type.cast(constructor.newInstance(arguments.toArray()));
        } catch (InvocationTargetException e) {
            throw new ReflectionException("a row of " + type.getSimpleName() + " was refused", e.getCause());
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new ReflectionException("a row does not fit " + type.getSimpleName(), e);
        }
    }

    private static Constructor<?> accessible(Class<?> type, List<Class<?>> argumentTypes) {
        try {
            Constructor<?> found = type.getDeclaredConstructor(argumentTypes.toArray(new Class<?>[0]));
            found.setAccessible(true);
            return found;
        } catch (NoSuchMethodException e) {
            throw new ReflectionException("a row does not fit " + type.getSimpleName(), e);
        }
    }
}
