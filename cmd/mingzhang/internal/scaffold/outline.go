package scaffold

import "fmt"

// Outline is the skeleton of a year's narrative with the sections that budget
// and final-account disclosures explain (domain notes 3.4).
func Outline(year int) string {
	return fmt.Sprintf(`+++
title = "%d年度预决算情况说明"
date = ""
author = ""
source = ""
+++

## 一、基本情况

（部门职责、机构和人员）

## 二、预算安排和调整

（年初预算多少；中途调整了多少，为什么）

## 三、预算执行

（全年执行多少；哪些项目执行得慢，为什么）

## 四、三公经费

（预算、决算和变化的原因）

## 五、政府采购和资产

（采购了什么；资产的数量和使用情况）

## 六、绩效目标完成情况

（主要目标是什么，完成得怎样；没有完成的原因和改进措施）

## 七、存在的问题和下一步打算

（照实写）
`, year)
}
