import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * java StrimziSchemas.java CLASS...: JSON Schemas of Strimzi's resources, one JSON object by class name. Strimzi publishes the
 * classes that its CustomResourceDefinitions are made of; this reads the same annotations. Fields of all subtypes of a
 * polymorphic type are merged, as Strimzi does.
 */
public class StrimziSchemas {
    static final ObjectMapper mapper = new ObjectMapper();

    public static void main(String[] names) throws Exception {
        var schemas = new LinkedHashMap<String, Object>();
        for (var name : names) schemas.put(name, schemaOf(mapper.constructType(Class.forName(name)), 0));
        System.out.println(mapper.writeValueAsString(schemas));
    }

    static Map<String, Object> schemaOf(JavaType type, int depth) {
        var raw = type.getRawClass();
        if (depth > 20 || raw == Object.class) return Map.of();
        if (raw == String.class || raw == Character.class) return Map.of("type", "string");
        if (raw == boolean.class || raw == Boolean.class) return Map.of("type", "boolean");
        if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class) return Map.of("type", "integer");
        if (raw == double.class || raw == Double.class) return Map.of("type", "number");
        if (raw.isEnum()) {
            var values = mapper.valueToTree(raw.getEnumConstants());
            return Map.of("enum", values);
        }
        if (type.isMapLikeType()) return Map.of("type", "object", "additionalProperties", schemaOf(type.getContentType(), depth + 1));
        if (type.isContainerType()) return Map.of("type", "array", "items", schemaOf(type.getContentType(), depth + 1));
        // What Kubernetes itself describes: its model classes are open maps beside their fields.
        if (raw.getName().startsWith("io.fabric8.")) return Map.of("x-kubernetes-preserve-unknown-fields", true);
        var properties = new TreeMap<String, Object>();
        collect(type, properties, depth);
        return Map.of("type", "object", "properties", properties);
    }

    static void collect(JavaType type, Map<String, Object> properties, int depth) {
        for (BeanPropertyDefinition each : mapper.getSerializationConfig().introspect(type).findProperties()) {
            if (each.getPrimaryMember() == null || each.getName().equals("additionalProperties")) continue;
            properties.merge(each.getName(), schemaOf(each.getPrimaryType(), depth + 1), StrimziSchemas::either);
        }
        var subtypes = type.getRawClass().getAnnotation(JsonSubTypes.class);
        if (subtypes != null) {
            for (var each : List.of(subtypes.value())) collect(mapper.constructType(each.value()), properties, depth);
        }
    }

    static Object either(Object a, Object b) {
        return a.equals(b) ? a : Map.of("anyOf", List.of(a, b));
    }
}
