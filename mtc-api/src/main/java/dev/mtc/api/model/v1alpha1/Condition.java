package dev.mtc.api.model.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds for a resource. {@link Conditions} keeps the list. MTC's CRD reference, Condition.
 *
 * @since 0.1
 */
@JsonPropertyOrder({"type", "status", "reason", "category", "message", "lastTransitionTime", "durable"})
public final class Condition extends WireObject {

    /** Status of a condition that holds. */
    public static final String TRUE = "True";

    /** Status of a condition that does not hold. */
    public static final String FALSE = "False";

    private static final String PLACEHOLDER = "[]";

    @JsonProperty(value = "type", required = true)
    @JsonPropertyDescription("What holds; one entry for each type.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String type = "";

    @JsonProperty(value = "status", required = true)
    @JsonPropertyDescription("True or False.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String status = "";

    @JsonProperty("reason")
    @JsonPropertyDescription("Why, in one word.")
    private @Nullable String reason;

    @JsonProperty(value = "category", required = true)
    @JsonPropertyDescription("Weight: Critical, Error, Warn, Required or Advisory.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private String category = "";

    @JsonProperty("message")
    @JsonPropertyDescription("What holds, for people.")
    private @Nullable String message;

    @JsonProperty(value = "lastTransitionTime", required = true)
    @JsonPropertyDescription("When something of the condition last changed, in RFC 3339.")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private @Nullable String lastTransitionTime;

    @JsonProperty("durable")
    @JsonPropertyDescription(
            "Whether the condition stays until it is deleted; otherwise it goes when it is not set again.")
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    private boolean durable;

    private List<String> items = List.of();
    private String remedy = "";

    public String getType() {
        return type;
    }

    public void setType(@Nullable String type) {
        this.type = orEmpty(type);
    }

    public String getStatus() {
        return status;
    }

    public void setStatus(@Nullable String status) {
        this.status = orEmpty(status);
    }

    public @Nullable String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason;
    }

    public String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = orEmpty(category);
    }

    public @Nullable String getMessage() {
        return message;
    }

    public void setMessage(@Nullable String message) {
        this.message = message;
    }

    public @Nullable String getLastTransitionTime() {
        return lastTransitionTime;
    }

    public void setLastTransitionTime(@Nullable String lastTransitionTime) {
        this.lastTransitionTime = lastTransitionTime;
    }

    public boolean isDurable() {
        return durable;
    }

    public void setDurable(boolean durable) {
        this.durable = durable;
    }

    /** {@return a true condition} */
    public static Condition of(Category category, String type) {
        Condition condition = new Condition();
        condition.type = type;
        condition.status = TRUE;
        condition.category = category.wireName();
        return condition;
    }

    /** {@return this, with a reason} */
    public Condition reason(@Nullable String reason) {
        this.reason = reason;
        return this;
    }

    /** {@return this, with a message; the first {@code []} in it stands for the items} */
    public Condition message(@Nullable String message) {
        this.message = message;
        return this;
    }

    /** {@return this, with the items that the message speaks of} */
    public Condition items(List<String> items) {
        this.items = List.copyOf(items);
        return this;
    }

    /** {@return this, made to survive until it is deleted} */
    public Condition durable() {
        this.durable = true;
        return this;
    }

    /** {@return this, with status False} */
    public Condition negated() {
        this.status = FALSE;
        return this;
    }

    /** {@return the items that the message speaks of; not on the wire but inside the message} */
    public List<String> items() {
        return items;
    }

    /**
     * {@return this, with what to do about it}
     *
     * @param remedy for people; where the message is to tell, too, it has to say so itself
     */
    public Condition remedy(String remedy) {
        this.remedy = remedy;
        return this;
    }

    /**
     * {@return what to do about it, empty if there is nothing to do} Not on the wire: of a condition that was read from a
     * cluster it is what helps against its type.
     */
    public String remedy() {
        if (!remedy.isEmpty()) {
            return remedy;
        }
        String ofType = ConditionRemedies.of(type);
        boolean asks = is(Category.CRITICAL) || is(Category.ERROR) || is(Category.WARN);
        return ofType.isEmpty() && asks ? "do what the message asks for" : ofType;
    }

    /** {@return whether the status is True} */
    public boolean holds() {
        return TRUE.equals(status);
    }

    /** {@return whether the category is that one} */
    public boolean is(Category category) {
        return category.wireName().equals(this.category);
    }

    /** {@return the message with the items in the place of the first {@code []}} */
    @Nullable
    String rendered() {
        if (message == null || items.isEmpty()) {
            return message;
        }
        int at = message.indexOf(PLACEHOLDER);
        return at < 0
                ? message
                : message.substring(0, at) + "[" + String.join(",", items) + "]" + message.substring(at + 2);
    }

    /** Puts the items into the message. */
    void expand() {
        message = rendered();
        items = List.of();
    }

    /** Takes the items out of the message again. What {@link #expand} makes of it is the message as it was. */
    void collapse() {
        String text = orEmpty(message);
        int start = text.indexOf('[');
        int end = text.indexOf(']', start + 1);
        if (start < 0 || end <= start + 1) {
            return;
        }
        items = List.of(text.substring(start + 1, end).split(",", -1));
        message = text.substring(0, start) + PLACEHOLDER + text.substring(end + 1);
    }

    /** {@return whether that one says the same, apart from its time} */
    boolean saysTheSameAs(Condition other) {
        return type.equals(other.type)
                && status.equals(other.status)
                && category.equals(other.category)
                && durable == other.durable
                && orEmpty(reason).equals(orEmpty(other.reason))
                && orEmpty(rendered()).equals(orEmpty(other.rendered()));
    }

    /** Says what that one says, at that time. */
    void become(Condition other, String time) {
        status = other.status;
        reason = other.reason;
        category = other.category;
        message = other.message;
        durable = other.durable;
        items = other.items;
        remedy = other.remedy;
        lastTransitionTime = time;
    }

    Condition copy() {
        Condition copy = new Condition();
        copy.type = type;
        copy.become(this, "");
        copy.lastTransitionTime = lastTransitionTime;
        copy.additionalProperties().putAll(additionalProperties());
        return copy;
    }

    @Override
    public String toString() {
        return "Condition[" + type + "=" + status + " " + category + (reason == null ? "" : " " + reason)
                + (message == null ? "" : ": " + rendered()) + "]";
    }
}
