package io.berth.driver.hypervisor;

/** What one named transformation made of a guest's definition. Equal texts: it had nothing to do. */
public record DefinitionChange(String transformation, String before, String after) {
    public boolean isEffective() {
        return !before.equals(after);
    }
}
